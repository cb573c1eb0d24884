using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Statistics;

/// <summary>What a table holds, column by column, and how its numbers move together.</summary>
internal sealed record TableProfile(Table Table, IReadOnlyList<ColumnProfile> Columns, int DuplicateRows, IReadOnlyList<Correlation> Correlations)
{
    public static TableProfile Of(Table table, CancellationToken cancellationToken)
    {
        var columns = new List<ColumnProfile>(table.Columns.Count);
        foreach (var column in table.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.Add(ColumnProfile.Of(column));
        }
        var measures = columns.Where(profile => profile.Column.IsNumeric() && !profile.IsIdentifier && profile.Distinct > 1).Select(profile => profile.Column).Take(40).ToList();
        return new TableProfile(table, columns, table.RowCount - RowKey.DistinctRows(table).Count, Correlation.Of(measures, cancellationToken));
    }

    public int MissingCells => Columns.Sum(column => column.Missing);

    public ColumnProfile Column(string name) => Columns.First(column => column.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public JsonObject ToJson() => new()
    {
        ["rows"] = Table.RowCount,
        ["column_count"] = Columns.Count,
        ["missing_cells"] = MissingCells,
        ["duplicate_rows"] = DuplicateRows,
        ["completeness"] = Table.RowCount == 0 ? 1 : Math.Round(1 - (double)MissingCells / ((long)Table.RowCount * Math.Max(1, Columns.Count)), 4),
        ["columns"] = new JsonArray([.. Columns.Select(column => column.ToJson())]),
        ["correlations"] = new JsonArray([.. Correlations.Take(10).Select(correlation => correlation.ToJson())]),
    };
}
