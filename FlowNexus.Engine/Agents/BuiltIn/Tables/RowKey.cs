namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Compares whole rows by their values.</summary>
internal static class RowKey
{
    /// <summary>The first row of every group of equal rows, in order.</summary>
    public static List<int> DistinctRows(Table table)
    {
        var seen = new HashSet<int>(new Comparer([.. table.Columns.Select(column => column.Values)]));
        var rows = new List<int>(table.RowCount);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (seen.Add(row))
                rows.Add(row);
        }
        return rows;
    }

    /// <summary>Rows by the values of some columns.</summary>
    public static IEnumerable<IGrouping<int, int>> Group(IReadOnlyList<Column> columns, int rowCount) =>
        Enumerable.Range(0, rowCount).GroupBy(row => row, new Comparer([.. columns.Select(column => column.Values)]));

    private sealed class Comparer(object?[][] columns) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y)
        {
            foreach (var column in columns)
            {
                if (!object.Equals(column[x], column[y]))
                    return false;
            }
            return true;
        }

        public int GetHashCode(int obj)
        {
            var hash = new HashCode();
            foreach (var column in columns)
                hash.Add(column[obj]);
            return hash.ToHashCode();
        }
    }
}
