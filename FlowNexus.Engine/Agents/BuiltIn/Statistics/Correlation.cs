using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Statistics;

/// <param name="First">A numeric column.</param>
/// <param name="Second">Another.</param>
/// <param name="Coefficient">Pearson's r over the rows where both are present, -1 to 1.</param>
/// <param name="Rows">How many rows that is.</param>
internal sealed record Correlation(string First, string Second, double Coefficient, int Rows)
{
    private const int FewestRows = 10;

    /// <summary>All pairs, strongest first.</summary>
    public static IReadOnlyList<Correlation> Of(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var numbers = columns.Select(column => column.Values.Select(value => Numbers.TryDouble(value, out var number) ? number : double.NaN).ToArray()).ToList();
        var pairs = new List<Correlation>();
        for (var first = 0; first < columns.Count; first++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var second = first + 1; second < columns.Count; second++)
            {
                var (coefficient, rows) = Pearson(numbers[first], numbers[second]);
                if (rows >= FewestRows && double.IsFinite(coefficient))
                    pairs.Add(new Correlation(columns[first].Name, columns[second].Name, Math.Round(coefficient, 4), rows));
            }
        }
        return [.. pairs.OrderByDescending(pair => Math.Abs(pair.Coefficient))];
    }

    public JsonObject ToJson() => new() { ["first"] = First, ["second"] = Second, ["coefficient"] = Coefficient, ["rows"] = Rows };

    private static (double Coefficient, int Rows) Pearson(double[] first, double[] second)
    {
        // Welford's update: sums of squares of large values would lose the small differences.
        double meanFirst = 0, meanSecond = 0, squaresFirst = 0, squaresSecond = 0, products = 0;
        var rows = 0;
        for (var row = 0; row < first.Length; row++)
        {
            if (double.IsNaN(first[row]) || double.IsNaN(second[row]))
                continue;
            rows++;
            var deltaFirst = first[row] - meanFirst;
            var deltaSecond = second[row] - meanSecond;
            meanFirst += deltaFirst / rows;
            meanSecond += deltaSecond / rows;
            squaresFirst += deltaFirst * (first[row] - meanFirst);
            squaresSecond += deltaSecond * (second[row] - meanSecond);
            products += deltaFirst * (second[row] - meanSecond);
        }
        return (products / Math.Sqrt(squaresFirst * squaresSecond), rows);
    }
}
