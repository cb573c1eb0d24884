namespace FlowNexus.Engine.Agents.BuiltIn.Learning;

/// <summary>Multinomial logistic regression, trained by full-batch gradient descent with momentum: small, deterministic, honest.</summary>
internal sealed class LogisticRegression
{
    private const int Epochs = 300;
    private const double Rate = 0.5;
    private const double Momentum = 0.9;
    private const double Ridge = 1e-3;

    private readonly double[][] _weights;

    private LogisticRegression(double[][] weights) => _weights = weights;

    public static LogisticRegression Train(double[][] vectors, int[] labels, int classes, Action<double> progress, CancellationToken cancellationToken)
    {
        var size = vectors[0].Length + 1;
        var weights = Make(classes, size);
        var steps = Make(classes, size);
        var gradients = Make(classes, size);
        var scores = new double[classes];
        var model = new LogisticRegression(weights);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var gradient in gradients)
                Array.Clear(gradient);
            for (var row = 0; row < vectors.Length; row++)
            {
                model.Probabilities(vectors[row], scores);
                for (var kind = 0; kind < classes; kind++)
                    Accumulate(gradients[kind], vectors[row], scores[kind] - (labels[row] == kind ? 1 : 0));
            }
            for (var kind = 0; kind < classes; kind++)
            {
                for (var index = 0; index < size; index++)
                {
                    var slope = gradients[kind][index] / vectors.Length + (index < size - 1 ? Ridge * weights[kind][index] : 0);
                    steps[kind][index] = Momentum * steps[kind][index] - Rate * (1 - Momentum) * slope * 2;
                    weights[kind][index] += steps[kind][index];
                }
            }
            progress((epoch + 1.0) / Epochs);
        }
        return model;
    }

    public int Predict(double[] vector)
    {
        var scores = new double[_weights.Length];
        Probabilities(vector, scores);
        return Array.IndexOf(scores, scores.Max());
    }

    /// <summary>How strongly a feature moves the decision: its largest weight over the classes.</summary>
    public double Strength(int feature) => _weights.Max(weights => Math.Abs(weights[feature]));

    private static double[][] Make(int classes, int size) => [.. Enumerable.Range(0, classes).Select(_ => new double[size])];

    private static void Accumulate(double[] gradient, double[] vector, double error)
    {
        for (var index = 0; index < vector.Length; index++)
            gradient[index] += error * vector[index];
        gradient[^1] += error;
    }

    private void Probabilities(double[] vector, double[] scores)
    {
        for (var kind = 0; kind < scores.Length; kind++)
        {
            var weights = _weights[kind];
            var score = weights[^1];
            for (var index = 0; index < vector.Length; index++)
                score += weights[index] * vector[index];
            scores[kind] = score;
        }
        var highest = scores.Max();
        var total = 0.0;
        for (var kind = 0; kind < scores.Length; kind++)
            total += scores[kind] = Math.Exp(scores[kind] - highest);
        for (var kind = 0; kind < scores.Length; kind++)
            scores[kind] /= total;
    }
}
