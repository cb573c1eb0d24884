using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Statistics;

/// <summary>
/// What the columns of a table are for, when nobody said: the measure that matters, the categories to break it down
/// by, the time axis. Rows that an earlier cleaning marked as outliers are set aside.
/// </summary>
internal sealed record TableRoles(Table Table, int OutliersSetAside, Column? Measure, IReadOnlyList<Column> Measures, IReadOnlyList<Column> Categories, Column? Time, Column? Entity)
{
    private static readonly string[] MeasureNames = ["revenue", "sales", "amount", "turnover", "total", "spend", "profit", "value", "cost", "price", "units", "quantity", "score"];
    private static readonly string[] RateNames = ["price", "pct", "percent", "rate", "age", "satisfaction", "rating", "score", "share"];

    public static TableRoles Of(Table table, bool includeOutliers, CancellationToken cancellationToken)
    {
        var setAside = 0;
        if (!includeOutliers && table.TryColumn(Cleaning.Outliers.MarkColumn) is { Kind: ColumnKind.Boolean } mark)
        {
            var kept = table.Where(row => mark.Values[row] is not true);
            setAside = table.RowCount - kept.RowCount;
            table = kept;
        }
        table = table with { Columns = [.. table.Columns.Where(column => column.Name != Cleaning.Outliers.MarkColumn)] };
        var profiles = table.Columns.Select(column =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ColumnProfile.Of(column);
        }).ToList();
        var measures = profiles.Where(profile => profile.Column.IsNumeric() && !profile.IsIdentifier && profile.Distinct > 1).Select(profile => profile.Column)
            .OrderBy(column => Rank(column.Name)).ToList();
        var categories = profiles.Where(profile => profile.IsCategory).OrderBy(profile => profile.Column.Kind).ThenBy(profile => Math.Abs(profile.Distinct - 5)).Select(profile => profile.Column).ToList();
        var entity = profiles.Where(profile => profile.IsIdentifier && profile.Distinct > 1 && profile.Distinct < 0.9 * table.RowCount).Select(profile => profile.Column).FirstOrDefault();
        return new TableRoles(table, setAside, measures.FirstOrDefault(), measures, categories, DateColumn.TryFind(table), entity);
    }

    /// <summary>Whether adding up makes sense: revenue yes, an age or a percentage no.</summary>
    public static bool IsAdditive(Column column) => !RateNames.Any(name => column.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static int Rank(string name)
    {
        var rank = Array.FindIndex(MeasureNames, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? MeasureNames.Length : rank;
    }
}
