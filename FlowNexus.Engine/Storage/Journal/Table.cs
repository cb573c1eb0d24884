namespace FlowNexus.Engine.Storage.Journal;

/// <summary>How the journal writes one kind of row: key columns first, then the others, and a function that binds them in that order.</summary>
internal sealed class Table<TRow>
{
    private readonly Action<TRow, IRowBinder> _bind;

    public Table(string name, string keys, string others, Action<TRow, IRowBinder> bind)
    {
        var keyColumns = Split(keys);
        var otherColumns = Split(others);
        string[] columns = [.. keyColumns, .. otherColumns];
        var values = string.Join(", ", columns.Select((_, i) => $"?{i + 1}"));
        var insert = $"INSERT INTO {name} ({string.Join(", ", columns)}) VALUES ({values})";
        var set = string.Join(", ", otherColumns.Select(column => $"{column} = excluded.{column}"));
        Name = name;
        _bind = bind;
        Insert = new Statement(insert);
        InsertIfAbsent = new Statement($"{insert} ON CONFLICT DO NOTHING");
        Upsert = keyColumns.Length == 0 ? Insert : new Statement($"{insert} ON CONFLICT ({string.Join(", ", keyColumns)}) DO UPDATE SET {set}");
    }

    public string Name { get; }

    public Statement Insert { get; }

    public Statement InsertIfAbsent { get; }

    public Statement Upsert { get; }

    public void Bind(TRow row, IRowBinder binder) => _bind(row, binder);

    private static string[] Split(string columns) => columns.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
