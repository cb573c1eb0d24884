using System.Text;
using FlowNexus.Engine.Storage.Journal;
using SQLitePCL;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>
/// A row written down once as values of SQLite. The raw side replays it with nothing changed but the ids, so that what
/// it spends is SQLite's own time.
/// </summary>
internal sealed class RecordedRow : IRowBinder
{
    private readonly List<(Kind Kind, long Integer, double Real, byte[]? Bytes)> _cells = [];
    private readonly byte[] _executionId;
    private readonly byte[]? _eventId;

    /// <param name="executionId">Text that stands for the execution's id in the recorded row.</param>
    /// <param name="eventId">Text that stands for the event's id, if the row has one.</param>
    public RecordedRow(string executionId, string? eventId)
    {
        _executionId = Encoding.UTF8.GetBytes(executionId);
        _eventId = eventId is null ? null : Encoding.UTF8.GetBytes(eventId);
    }

    private enum Kind
    {
        Null,
        Integer,
        Real,
        Text,
        Blob,
        ExecutionId,
        EventId,
    }

    public void Replay(sqlite3_stmt statement, ReadOnlySpan<byte> executionId, ReadOnlySpan<byte> eventId)
    {
        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            Sqlite.Check(cell.Kind switch
            {
                Kind.Null => raw.sqlite3_bind_null(statement, i + 1),
                Kind.Integer => raw.sqlite3_bind_int64(statement, i + 1, cell.Integer),
                Kind.Real => raw.sqlite3_bind_double(statement, i + 1, cell.Real),
                Kind.Text => raw.sqlite3_bind_text(statement, i + 1, cell.Bytes),
                Kind.Blob => raw.sqlite3_bind_blob(statement, i + 1, cell.Bytes),
                Kind.ExecutionId => raw.sqlite3_bind_text(statement, i + 1, executionId),
                _ => raw.sqlite3_bind_text(statement, i + 1, eventId),
            });
        }

        Sqlite.Run(statement);
    }

    public void Text(string? value)
    {
        if (value is null) _cells.Add((Kind.Null, 0, 0, null));
        else Utf8(Encoding.UTF8.GetBytes(value));
    }

    public void Utf8(ReadOnlySpan<byte> value)
    {
        var kind = value.SequenceEqual(_executionId) ? Kind.ExecutionId : _eventId is not null && value.SequenceEqual(_eventId) ? Kind.EventId : Kind.Text;
        _cells.Add((kind, 0, 0, value.ToArray()));
    }

    public void Integer(long value) => _cells.Add((Kind.Integer, value, 0, null));

    public void Integer(long? value)
    {
        if (value is { } number) Integer(number);
        else Text(null);
    }

    public void Real(double value) => _cells.Add((Kind.Real, 0, value, null));

    public void Blob(byte[]? value) => _cells.Add(value is null ? (Kind.Null, 0, 0, null) : (Kind.Blob, 0, 0, value));
}
