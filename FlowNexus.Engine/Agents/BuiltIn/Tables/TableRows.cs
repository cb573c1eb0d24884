namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Picks rows and columns; values are shared, never copied.</summary>
public static class TableRows
{
    public static Table Take(this Table table, IReadOnlyList<int> rows) =>
        table with { Columns = [.. table.Columns.Select(column => column with { Values = Pick(column.Values, rows) })] };

    public static Table Where(this Table table, Func<int, bool> keep) =>
        table.Take([.. Enumerable.Range(0, table.RowCount).Where(keep)]);

    /// <summary>The table with a column replaced by name, or added at the end.</summary>
    public static Table With(this Table table, Column column)
    {
        var columns = table.Columns.ToList();
        var index = columns.FindIndex(existing => existing.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            columns.Add(column);
        else
            columns[index] = column;
        return table with { Columns = columns };
    }

    private static object?[] Pick(object?[] values, IReadOnlyList<int> rows)
    {
        var picked = new object?[rows.Count];
        for (var index = 0; index < picked.Length; index++)
            picked[index] = values[rows[index]];
        return picked;
    }
}
