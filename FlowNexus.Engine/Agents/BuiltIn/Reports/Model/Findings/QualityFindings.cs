using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;

/// <summary>What to know before trusting the numbers: far-out values, missing values, rows that occur twice.</summary>
public static class QualityFindings
{
    /// <summary>Tukey's fence for "far out".</summary>
    private const double Fence = 3;

    public static Finding? Outliers(Measure measure)
    {
        if (measure.Column is null) return null;
        var values = measure.Column.Values.Select(Measure.Number).OfType<double>().Order().ToArray();
        if (values.Length < 20) return null;
        var (q1, q3) = (Quantile(values, 0.25), Quantile(values, 0.75));
        if (q3 <= q1) return null;
        var (low, high) = (q1 - (Fence * (q3 - q1)), q3 + (Fence * (q3 - q1)));
        var above = values.Where(value => value > high).ToArray();
        var below = values.Where(value => value < low).ToArray();
        var count = above.Length + below.Length;
        var rule = low < values[0]
            ? $"above {measure.Text(high)}, 3 interquartile ranges over the upper quartile"
            : $"outside {measure.Text(low)} to {measure.Text(high)}, 3 interquartile ranges beyond the quartiles";
        var figures = new List<Figure> { new("outliers", count), new("lower_fence", low), new("upper_fence", high) };
        if (count == 0)
            return new Finding("outliers", $"No far-out {measure.Words}", $"No value of {measure.Words} lies {rule}.", figures);
        var extreme = above.Length > 0 ? $"the largest is {measure.Text(above[^1])}" : $"the smallest is {measure.Text(below[0])}";
        var share = measure.Additive && above.Length > 0 && values[0] >= 0 ? $" Those above bring {NumberText.Percent(above.Sum() / values.Sum())} of the total." : "";
        return new Finding(
            "outliers",
            $"{NumberText.Count(count)} far-out {(count == 1 ? "value" : "values")} of {measure.Words}",
            $"{NumberText.Count(count)} of {NumberText.Count(values.Length)} values {(count == 1 ? "lies" : "lie")} {rule}; {extreme}.{share}",
            figures);
    }

    public static Finding Missing(Table table)
    {
        var gaps = table.Columns.Where(column => column.MissingCount > 0).OrderByDescending(column => column.MissingCount).ToList();
        var cells = (long)table.RowCount * table.Columns.Count;
        if (gaps.Count == 0)
            return new Finding("missing", "No values are missing", $"All {NumberText.Count(cells)} cells have a value.", [new("missing", 0), new("cells", cells)]);
        var missing = gaps.Sum(column => (long)column.MissingCount);
        var named = string.Join(", ", gaps.Take(3).Select(column => $"{ColumnWords.Of(column.Name)} {NumberText.Count(column.MissingCount)}"));
        var rest = gaps.Count > 3 ? $", and {NumberText.Plural(gaps.Count - 3, "more column", "more columns")}" : "";
        return new Finding(
            "missing", $"{NumberText.Plural(missing, "value is", "values are")} missing",
            $"{NumberText.Percent((double)missing / cells)} of {NumberText.Count(cells)} cells are empty: {named}{rest}.",
            [new("missing", missing), new("cells", cells), new("columns", gaps.Count)]);
    }

    /// <summary>Two numeric columns that move together, by Pearson's r over the rows that have both.</summary>
    public static Finding? Relation(IReadOnlyList<Measure> measures)
    {
        var best = (First: Measure.Records, Second: Measure.Records, R: 0d, Rows: 0);
        for (var first = 0; first < Math.Min(measures.Count, 6); first++)
        {
            for (var second = first + 1; second < Math.Min(measures.Count, 6); second++)
            {
                var (r, rows) = Pearson(measures[first].Column!, measures[second].Column!);
                if (rows >= 20 && Math.Abs(r) > Math.Abs(best.R)) best = (measures[first], measures[second], r, rows);
            }
        }
        if (Math.Abs(best.R) < 0.5) return null;
        var strength = Math.Abs(best.R) >= 0.8 ? "closely" : "clearly";
        var direction = best.R > 0 ? "rise together" : "move against each other";
        return new Finding(
            "relation", $"{best.First.Label} and {best.Second.Words} {(best.R > 0 ? "rise together" : "diverge")}",
            $"{best.First.Label} and {best.Second.Words} {strength} {direction}: correlation {NumberText.Fixed(best.R, 2)} over {NumberText.Count(best.Rows)} records. A correlation is no cause.",
            [new("correlation", best.R), new("records", best.Rows)]);
    }

    public static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }

    private static (double R, int Rows) Pearson(Column first, Column second)
    {
        double sumX = 0, sumY = 0;
        var pairs = new List<(double X, double Y)>(first.Values.Length);
        for (var row = 0; row < first.Values.Length; row++)
        {
            if (Measure.Number(first.Values[row]) is not { } x || Measure.Number(second.Values[row]) is not { } y) continue;
            pairs.Add((x, y));
            sumX += x;
            sumY += y;
        }
        if (pairs.Count == 0) return (0, 0);
        var (meanX, meanY) = (sumX / pairs.Count, sumY / pairs.Count);
        double xy = 0, xx = 0, yy = 0;
        foreach (var (x, y) in pairs)
        {
            xy += (x - meanX) * (y - meanY);
            xx += (x - meanX) * (x - meanX);
            yy += (y - meanY) * (y - meanY);
        }
        return (xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy), pairs.Count);
    }
}
