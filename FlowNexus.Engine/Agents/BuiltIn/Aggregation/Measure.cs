using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Aggregation;

/// <summary>One figure per group.</summary>
/// <param name="Function"><c>count, sum, mean, median, min, max, distinct</c> or <c>share</c> (of the total sum).</param>
/// <param name="Column">Null for <c>count</c> of rows.</param>
/// <param name="Name">The column it becomes.</param>
internal sealed record Measure(string Function, Column? Column, string Name)
{
    public static readonly string[] Functions = ["count", "sum", "mean", "median", "min", "max", "distinct", "share"];

    /// <summary><c>"sum(revenue)"</c>, <c>{"function": "sum", "column": "revenue", "as": "total"}</c> or <c>{"revenue": "sum"}</c>.</summary>
    public static IReadOnlyList<Measure> Read(JsonNode node, Table table) => node switch
    {
        JsonArray items => [.. items.SelectMany(item => Read(item ?? throw SkillSettings.Wrong("measures", "a measure is null"), table))],
        JsonObject one when one["function"] is { } function => [Make(function.ToString(), one["column"]?.ToString(), one["as"]?.ToString(), table)],
        JsonObject byColumn => [.. byColumn.SelectMany(pair => (pair.Value is JsonArray several ? several.Select(item => item?.ToString() ?? "") : [pair.Value?.ToString() ?? ""])
            .Select(function => Make(function, pair.Key, null, table)))],
        _ => [Parse(node.ToString(), table)],
    };

    public static Measure Make(string function, string? column, string? name, Table table)
    {
        function = function switch { "avg" or "average" => "mean", "count_distinct" => "distinct", _ => function };
        if (!Functions.Contains(function, StringComparer.Ordinal))
            throw SkillSettings.Wrong("measures", $"'{function}' is not a function", Functions);
        var found = column is null or "*" ? null : table.Required(column, "measures");
        if (found is null && function != "count")
            throw SkillSettings.Wrong("measures", $"'{function}' needs a column");
        if (function is "sum" or "mean" or "median" or "share" && !found!.IsNumeric() && found!.Kind != ColumnKind.Boolean)
            throw SkillSettings.Wrong("measures", $"'{function}' needs numbers, and '{column}' is {ColumnsJson.Name(found!.Kind)}");
        return new Measure(function, found, name ?? (found is null ? "count" : $"{function}_{found.Name}"));
    }

    /// <param name="rows">The group.</param>
    /// <param name="total">Sum of the column over all rows, for <c>share</c>.</param>
    public object? Of(IReadOnlyList<int> rows, double total)
    {
        if (Column is null)
            return (long)rows.Count;
        var present = rows.Select(row => Column.Values[row]).OfType<object>();
        switch (Function)
        {
            case "count":
                return (long)present.Count();
            case "distinct":
                return (long)present.Distinct().Count();
            case "min":
                return present.Min();
            case "max":
                return present.Max();
        }
        var numbers = present.Select(value => Numbers.TryDouble(value, out var number) ? number : 0).ToArray();
        if (numbers.Length == 0)
            return null;
        switch (Function)
        {
            case "sum":
                return Math.Round(numbers.Sum(), 4);
            case "share":
                return total == 0 ? null : Math.Round(numbers.Sum() / total, 6);
            case "mean":
                return Numbers.Tidy(Numbers.Mean(numbers));
            default:
                Array.Sort(numbers);
                return Numbers.Tidy(Numbers.Quantile(numbers, 0.5));
        }
    }

    private static Measure Parse(string text, Table table)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && text.EndsWith(')')
            ? Make(text[..open].Trim(), text[(open + 1)..^1].Trim() is { Length: > 0 } column ? column : null, null, table)
            : text == "count" ? Make("count", null, null, table)
            : Make("sum", text, null, table);
    }
}
