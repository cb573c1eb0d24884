namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Rows and typed columns in memory, as skills exchange them. Columns all have the same length.</summary>
public sealed record Table(string Name, IReadOnlyList<Column> Columns)
{
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Values.Length;

    public Column? TryColumn(string name) => Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Values">By row; null is missing. The CLR type follows <paramref name="Kind"/>: string, double, long, bool, DateTime (UTC).</param>
public sealed record Column(string Name, ColumnKind Kind, object?[] Values)
{
    public int MissingCount => Values.Count(value => value is null);
}

public enum ColumnKind { Text, Number, Integer, Boolean, Date }
