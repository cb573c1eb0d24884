using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Learning;

/// <summary>Predictions against what was true.</summary>
internal sealed class ClassificationScore
{
    private readonly IReadOnlyList<string> _classes;
    private readonly int[,] _confusion;

    public ClassificationScore(IReadOnlyList<string> actual, IReadOnlyList<string> predicted)
    {
        _classes = [.. actual.Concat(predicted).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _confusion = new int[_classes.Count, _classes.Count];
        var index = _classes.Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        for (var row = 0; row < actual.Count; row++)
            _confusion[index[actual[row]], index[predicted[row]]]++;
        Count = actual.Count;
        Accuracy = Count == 0 ? 0 : (double)Enumerable.Range(0, _classes.Count).Sum(kind => _confusion[kind, kind]) / Count;
    }

    public int Count { get; }

    /// <summary>Share of right predictions, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>Unweighted mean of the classes' F1.</summary>
    public double MacroF1 => _classes.Count == 0 ? 0 : Enumerable.Range(0, _classes.Count).Average(kind => Figures(kind).F1);

    public JsonArray PerClass() =>
    [
        .. Enumerable.Range(0, _classes.Count).Select(kind =>
        {
            var (precision, recall, f1, support) = Figures(kind);
            return new JsonObject { ["class"] = _classes[kind], ["precision"] = Math.Round(precision, 4), ["recall"] = Math.Round(recall, 4), ["f1"] = Math.Round(f1, 4), ["support"] = support };
        }),
    ];

    /// <summary>By actual class, how often each class was predicted.</summary>
    public JsonObject Confusion()
    {
        var rows = new JsonObject();
        for (var actual = 0; actual < _classes.Count; actual++)
        {
            var row = new JsonObject();
            for (var predicted = 0; predicted < _classes.Count; predicted++)
                row[_classes[predicted]] = _confusion[actual, predicted];
            rows[_classes[actual]] = row;
        }
        return rows;
    }

    private (double Precision, double Recall, double F1, int Support) Figures(int kind)
    {
        int right = _confusion[kind, kind], claimed = 0, support = 0;
        for (var other = 0; other < _classes.Count; other++)
        {
            claimed += _confusion[other, kind];
            support += _confusion[kind, other];
        }
        var precision = claimed == 0 ? 0 : (double)right / claimed;
        var recall = support == 0 ? 0 : (double)right / support;
        return (precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall), support);
    }
}
