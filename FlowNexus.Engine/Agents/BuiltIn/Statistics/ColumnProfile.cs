using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Statistics;

/// <summary>What one column holds.</summary>
/// <param name="Column">The column itself.</param>
/// <param name="Missing">Cells without a value.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Figures">By kind: quantiles and a histogram, top values, or first and last date.</param>
internal sealed record ColumnProfile(Column Column, int Missing, int Distinct, JsonObject Figures)
{
    private const int TopValues = 20;
    private const int HistogramBins = 12;

    public static ColumnProfile Of(Column column)
    {
        var counts = new Dictionary<object, int>();
        foreach (var value in column.Values)
        {
            if (value is not null)
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        var figures = column.Kind switch
        {
            ColumnKind.Number or ColumnKind.Integer => OfNumbers(Numbers.Of(column)),
            ColumnKind.Date => OfDates(counts.Keys.Cast<DateTime>()),
            _ => OfValues(column, counts),
        };
        return new ColumnProfile(column, column.MissingCount, counts.Count, figures);
    }

    /// <summary>Whether its values name single things rather than groups: an order number, a customer id.</summary>
    public bool IsIdentifier =>
        Column.Values.Length - Missing is > 0 and var present
        && (Column.Name.Equals("id", StringComparison.OrdinalIgnoreCase) || Column.Name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || Column.Name.EndsWith("Id", StringComparison.Ordinal)
            || (Column.Kind == ColumnKind.Text && present > 20 && Distinct > 0.9 * present));

    /// <summary>Whether it sorts rows into a readable number of groups.</summary>
    public bool IsCategory =>
        Column.Kind is ColumnKind.Text or ColumnKind.Boolean && !IsIdentifier && Distinct is >= 2 and <= 60;

    public JsonObject ToJson()
    {
        var rows = Column.Values.Length;
        var json = new JsonObject
        {
            ["name"] = Column.Name,
            ["kind"] = ColumnsJson.Name(Column.Kind),
            ["count"] = rows - Missing,
            ["missing"] = Missing,
            ["missing_share"] = rows == 0 ? 0 : Math.Round((double)Missing / rows, 4),
            ["distinct"] = Distinct,
            ["role"] = IsIdentifier ? "identifier" : IsCategory ? "category" : Column.IsNumeric() ? "measure" : Column.Kind == ColumnKind.Date ? "time" : "text",
        };
        foreach (var (name, node) in Figures)
            json[name] = node?.DeepClone();
        return json;
    }

    private static JsonObject OfNumbers(double[] values)
    {
        if (values.Length == 0)
            return [];
        Array.Sort(values);
        var mean = Numbers.Mean(values);
        return new JsonObject
        {
            ["min"] = Numbers.Tidy(values[0]),
            ["max"] = Numbers.Tidy(values[^1]),
            ["mean"] = Numbers.Tidy(mean),
            ["std"] = Numbers.Tidy(Numbers.Deviation(values, mean)),
            ["sum"] = Math.Round(values.Sum(), 4),
            ["p5"] = Numbers.Tidy(Numbers.Quantile(values, 0.05)),
            ["p25"] = Numbers.Tidy(Numbers.Quantile(values, 0.25)),
            ["median"] = Numbers.Tidy(Numbers.Quantile(values, 0.5)),
            ["p75"] = Numbers.Tidy(Numbers.Quantile(values, 0.75)),
            ["p95"] = Numbers.Tidy(Numbers.Quantile(values, 0.95)),
            ["zeros"] = values.Count(value => value == 0),
            ["negative"] = values.Count(value => value < 0),
            ["histogram"] = Histogram(values),
        };
    }

    /// <summary>Equal bins from the 1st to the 99th percentile; what lies beyond is in the outer bins, so that a few extremes do not flatten it.</summary>
    private static JsonArray Histogram(double[] sorted)
    {
        var from = Numbers.Quantile(sorted, 0.01);
        var to = Numbers.Quantile(sorted, 0.99);
        if (to <= from)
            return [new JsonObject { ["from"] = sorted[0], ["to"] = sorted[^1], ["count"] = sorted.Length }];
        var counts = new int[HistogramBins];
        foreach (var value in sorted)
            counts[Math.Clamp((int)((value - from) / (to - from) * HistogramBins), 0, HistogramBins - 1)]++;
        var width = (to - from) / HistogramBins;
        return [.. counts.Select((count, bin) => new JsonObject { ["from"] = Numbers.Tidy(from + bin * width), ["to"] = Numbers.Tidy(from + (bin + 1) * width), ["count"] = count })];
    }

    private static JsonObject OfDates(IEnumerable<DateTime> dates)
    {
        var sorted = dates.Order().ToList();
        return sorted.Count == 0 ? [] : new JsonObject
        {
            ["min"] = DateText.Format(sorted[0]),
            ["max"] = DateText.Format(sorted[^1]),
            ["days"] = (int)(sorted[^1].Date - sorted[0].Date).TotalDays + 1,
        };
    }

    private static JsonObject OfValues(Column column, Dictionary<object, int> counts)
    {
        var top = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => CellText.Format(pair.Key), StringComparer.Ordinal).Take(TopValues);
        var present = counts.Values.Sum();
        var figures = new JsonObject
        {
            ["top_values"] = new JsonArray([.. top.Select(pair => new JsonObject
            {
                ["value"] = CellText.Json(pair.Key),
                ["count"] = pair.Value,
                ["share"] = Math.Round((double)pair.Value / present, 4),
            })]),
        };
        if (column.Kind == ColumnKind.Text && counts.Count > 0)
        {
            figures["min_length"] = counts.Keys.Min(value => ((string)value).Length);
            figures["max_length"] = counts.Keys.Max(value => ((string)value).Length);
        }
        return figures;
    }
}
