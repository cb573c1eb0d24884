using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Cleans a table: text, spelling, duplicates, impossible values, gaps, outliers, in this order.</summary>
internal static class Cleaner
{
    /// <param name="table">What to clean.</param>
    /// <param name="rules">How.</param>
    /// <param name="now">Bounds which dates are possible.</param>
    /// <param name="log">Gets the counts.</param>
    /// <param name="progress">0 to 1.</param>
    /// <param name="cancellationToken">Checked between columns.</param>
    public static Table Clean(Table table, CleaningRules rules, DateTime now, CleaningLog log, Action<double> progress, CancellationToken cancellationToken)
    {
        table = EachColumn(table, column => TextTidy.Apply(column, log), cancellationToken);
        progress(0.3);
        if (rules.NormaliseCategories)
            table = EachColumn(table, column => CategorySpelling.Apply(column, log), cancellationToken);
        progress(0.45);
        // After spelling, so that copies that differ in it are found too.
        if (rules.DropDuplicates)
            table = DropDuplicates(table, log);
        progress(0.6);
        table = EachColumn(table, column => PossibleValues.Apply(column, rules, now, log), cancellationToken);
        progress(0.7);
        table = MissingValues.Apply(table, rules, log);
        progress(0.85);
        cancellationToken.ThrowIfCancellationRequested();
        return Outliers.Apply(table, rules.Outliers, log);
    }

    private static Table EachColumn(Table table, Func<Column, Column> apply, CancellationToken cancellationToken)
    {
        var columns = new List<Column>(table.Columns.Count);
        foreach (var column in table.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.Add(apply(column));
        }
        return table with { Columns = columns };
    }

    private static Table DropDuplicates(Table table, CleaningLog log)
    {
        var rows = RowKey.DistinctRows(table);
        log.Add("duplicates_dropped", column: null, table.RowCount - rows.Count, "a row equal to an earlier one in every column");
        return rows.Count == table.RowCount ? table : table.Take(rows);
    }
}
