using System.Collections;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Stable order of rows; missing values come last either way.</summary>
internal static class TableSorting
{
    public static Table Sort(this Table table, IReadOnlyList<(Column Column, bool Descending)> keys)
    {
        if (keys.Count == 0)
            return table;
        IOrderedEnumerable<int>? order = null;
        var rows = Enumerable.Range(0, table.RowCount);
        foreach (var (column, descending) in keys)
        {
            var comparer = new CellComparer(descending);
            order = order is null ? rows.OrderBy(row => column.Values[row], comparer) : order.ThenBy(row => column.Values[row], comparer);
        }
        return table.Take([.. order!]);
    }

    private sealed class CellComparer(bool descending) : IComparer<object?>
    {
        public int Compare(object? x, object? y)
        {
            if (x is null || y is null)
                return (x is null ? 1 : 0) - (y is null ? 1 : 0);
            var order = x is string left && y is string right ? string.CompareOrdinal(left, right) : Comparer.DefaultInvariant.Compare(x, y);
            return descending ? -order : order;
        }
    }
}
