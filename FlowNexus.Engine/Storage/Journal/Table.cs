namespace FlowNexus.Engine.Storage.Journal;

/// <summary>How the journal writes one kind of row: key columns first, then the others, and a function that binds them in that order.</summary>
internal sealed class Table<TRow>
{
    private readonly Action<TRow, IRowBinder> _bind;

    public Table(string name, string keys, string others, Action<TRow, IRowBinder> bind)
    {
        var keyColumns = Split(keys);
        var otherColumns = Split(others);
        Columns = [.. keyColumns, .. otherColumns];
        var values = string.Join(", ", Columns.Select((_, i) => $"?{i + 1}"));
        var insert = $"INSERT INTO {name} ({string.Join(", ", Columns)}) VALUES ({values})";
        var set = string.Join(", ", otherColumns.Select(column => $"{column} = excluded.{column}"));
        Name = name;
        _bind = bind;
        Insert = Inserting(insert, OnConflict.Fail);
        InsertIfAbsent = Inserting($"{insert} ON CONFLICT DO NOTHING", OnConflict.Keep);
        Upsert = keyColumns.Length == 0 ? Insert : Inserting($"{insert} ON CONFLICT ({string.Join(", ", keyColumns)}) DO UPDATE SET {set}", OnConflict.Replace);

        Statement Inserting(string sql, OnConflict onConflict) =>
            new(sql) { Keys = keyColumns.Length, Insert = new RowInsert(name, Columns, keyColumns, onConflict) };
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public Statement Insert { get; }

    public Statement InsertIfAbsent { get; }

    public Statement Upsert { get; }

    public void Bind(TRow row, IRowBinder binder) => _bind(row, binder);

    private static string[] Split(string columns) => columns.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
