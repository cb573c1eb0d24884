using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>The values of all runs of one statement, column by column: what an array parameter or COPY wants.</summary>
internal sealed class StatementRows(Statement statement) : IRowBinder
{
    private readonly List<ValueColumn> _columns = [];
    private int _column;

    public Statement Statement { get; } = statement;

    public IReadOnlyList<ValueColumn> Columns => _columns;

    /// <summary>Whose row each is, and what it means when it touches nothing.</summary>
    public List<(JournalEntry Entry, Refusal? WhenNoRow)> Runs { get; } = [];

    public bool Conditional { get; private set; }

    public void Add(JournalEntry entry, Write write)
    {
        _column = 0;
        write.Bind(this);
        Runs.Add((entry, write.WhenNoRow));
        Conditional |= write.WhenNoRow is not null;
    }

    /// <summary>What names a row, as <see cref="WriteKeys"/> writes it.</summary>
    public string KeyText(int row)
    {
        var key = _columns[0].Text(row);
        for (var i = 1; i < Statement.Keys; i++) key = WriteKeys.Join(key, _columns[i].Text(row));
        return key;
    }

    /// <summary>An event with the position that this node gave it.</summary>
    public void AddPlaced(JournalEntry entry, long position, Action<IRowBinder> bind)
    {
        _column = 0;
        Integer(position);
        bind(this);
        Runs.Add((entry, null));
    }

    public void Text(string? value) => Next<TextColumn>().Add(value);

    public void Utf8(ReadOnlySpan<byte> value) => Text(System.Text.Encoding.UTF8.GetString(value));

    public void Integer(long value) => Next<IntegerColumn>().Add(value);

    public void Integer(long? value) => Next<IntegerColumn>().Add(value);

    public void Real(double value) => Next<RealColumn>().Add(value);

    public void Blob(byte[]? value) => Next<BlobColumn>().Add(value);

    private T Next<T>() where T : ValueColumn, new()
    {
        if (_column == _columns.Count) _columns.Add(new T());
        return (T)_columns[_column++];
    }
}
