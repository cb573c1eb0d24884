using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Finds values far from the rest of their column by the median and its deviation, which extremes cannot shift.</summary>
internal static class Outliers
{
    public const string MarkColumn = "is_outlier";

    /// <summary>Robust z-score beyond which a value counts; 5 leaves a bell curve's one in 1.7 million.</summary>
    private const double Limit = 5;

    private const int FewestValues = 30;

    public static Table Apply(Table table, string treatment, CleaningLog log)
    {
        if (treatment == "keep")
            return table;
        var outlying = new bool[table.RowCount];
        foreach (var column in table.Columns)
        {
            if (Judge(column) is not { } fences)
                continue;
            var count = 0;
            var capped = treatment == "cap" ? (object?[])column.Values.Clone() : null;
            for (var row = 0; row < outlying.Length; row++)
            {
                if (!Numbers.TryDouble(column.Values[row], out var value) || fences.Contains(value))
                    continue;
                outlying[row] = true;
                count++;
                if (capped is not null)
                    capped[row] = Cap(value, fences, column.Kind);
            }
            log.Add(treatment switch { "cap" => "outliers_capped", "drop" => "outliers_dropped", _ => "outliers_marked" }, column.Name, count, $"usual is {fences} ({fences.Reason})");
            if (capped is not null && count > 0)
                table = table.With(column with { Values = capped });
        }
        return treatment switch
        {
            "drop" => table.Where(row => !outlying[row]),
            "mark" when outlying.Contains(true) => table.With(new Column(MarkColumn, ColumnKind.Boolean, Array.ConvertAll(outlying, flag => (object?)flag))),
            _ => table,
        };
    }

    /// <summary>Amounts and durations are skewed, so positive columns are judged by their logarithms.</summary>
    private static Bounds? Judge(Column column)
    {
        if (!column.IsNumeric() || ColumnProfile.Of(column) is { IsIdentifier: true } or { Distinct: < 15 })
            return null;
        var values = Numbers.Of(column);
        if (values.Length < FewestValues)
            return null;
        Array.Sort(values);
        var positive = values[0] > 0;
        var scaled = positive ? Array.ConvertAll(values, value => Math.Log(value)) : values;
        var median = Numbers.Quantile(scaled, 0.5);
        var deviations = Array.ConvertAll(scaled, value => Math.Abs(value - median));
        Array.Sort(deviations);
        var spread = 1.4826 * Numbers.Quantile(deviations, 0.5);
        if (spread <= 0)
            return null;
        double low = median - Limit * spread, high = median + Limit * spread;
        return positive
            ? new Bounds(Numbers.Tidy(Math.Exp(low)), Numbers.Tidy(Math.Exp(high)), "median and deviation of the logarithms")
            : new Bounds(Numbers.Tidy(low), Numbers.Tidy(high), "median and deviation");
    }

    private static object Cap(double value, Bounds fences, ColumnKind kind)
    {
        var capped = Math.Clamp(value, fences.Min!.Value, fences.Max!.Value);
        return kind == ColumnKind.Integer ? (long)Math.Round(capped) : capped;
    }
}
