using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Aggregation;

/// <summary>Groups rows and computes measures.</summary>
internal static class Grouping
{
    /// <summary>One row per group, ordered by the groups.</summary>
    public static Table Aggregate(string name, IReadOnlyList<Column> by, IReadOnlyList<Measure> measures, int rowCount)
    {
        var groups = by.Count == 0
            ? [.. Enumerable.Range(0, 1).Select(_ => (First: 0, Rows: (IReadOnlyList<int>)[.. Enumerable.Range(0, rowCount)]))]
            : RowKey.Group(by, rowCount).Select(group => (First: group.Key, Rows: (IReadOnlyList<int>)[.. group])).ToList();
        var keys = by.Select(column => column with { Values = [.. groups.Select(group => column.Values[group.First])] }).ToList();
        var figures = measures.Select(measure =>
        {
            var total = measure is { Function: "share", Column: { } column } ? Numbers.Of(column).Sum() : 0;
            return Typed(measure, [.. groups.Select(group => measure.Of(group.Rows, total))]);
        });
        var table = new Table(name, [.. keys, .. figures]);
        return table.Sort([.. keys.Select(key => (key, false))]);
    }

    private static Column Typed(Measure measure, object?[] values) => measure.Function switch
    {
        "count" or "distinct" => new Column(measure.Name, ColumnKind.Integer, values),
        "min" or "max" => new Column(measure.Name, measure.Column!.Kind, values),
        _ => new Column(measure.Name, ColumnKind.Number, values),
    };
}
