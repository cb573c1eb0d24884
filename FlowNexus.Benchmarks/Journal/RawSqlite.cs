using System.Diagnostics;
using System.Text;
using FlowNexus.Engine.Storage.Journal;
using SQLitePCL;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>
/// The limit: one thread, prepared statements, one transaction for each group, no fence, no queue, nobody to answer.
/// </summary>
internal sealed class RawSqlite : IDisposable
{
    private const string CountSql = "UPDATE workflows SET executions_count = executions_count + 1, completed_count = completed_count + 1 WHERE id = ?1";

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _count;
    private readonly List<(sqlite3_stmt Insert, RecordedRow Row)> _writes = [];
    private long _number;

    /// <param name="file">A database with the product's tables.</param>
    public RawSqlite(string file)
    {
        _db = Sqlite.Open(file);
        _begin = Sqlite.Prepare(_db, "BEGIN IMMEDIATE");
        _commit = Sqlite.Prepare(_db, "COMMIT");
        _count = Sqlite.Prepare(_db, CountSql);
        Sqlite.Check(raw.sqlite3_bind_text(_count, 1, W1Rows.WorkflowId));

        const string execution = "exec_placeholder";
        var events = W1Rows.Events(execution, 0);
        Record(Tables.Executions, W1Rows.Execution(execution, events), null);
        for (var ordinal = 0; ordinal < W1Rows.StepCount; ordinal++) Record(Tables.Steps, W1Rows.Step(execution, ordinal), null);
        foreach (var row in events) Record(Tables.Events, row, row.EventId);

        void Record<TRow>(Table<TRow> table, TRow row, string? eventId)
        {
            var recorded = new RecordedRow(execution, eventId);
            table.Bind(row, recorded);
            _writes.Add((Sqlite.Prepare(_db, table.Insert.Sql), recorded));
        }
    }

    /// <returns>Transitions per second.</returns>
    public (double PerSecond, long Transitions) Measure(int group, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var from = _number;
        while (Stopwatch.GetElapsedTime(started) < duration) CommitGroup(group);
        return ((_number - from) / Stopwatch.GetElapsedTime(started).TotalSeconds, _number - from);
    }

    public void Dispose()
    {
        foreach (var (insert, _) in _writes) insert.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _count.Dispose();
        _db.Dispose();
    }

    private void CommitGroup(int group)
    {
        Span<byte> executionId = stackalloc byte[W1Rows.ExecutionId(0).Length];
        Span<byte> eventId = stackalloc byte[W1Rows.EventId(0).Length];
        Sqlite.Run(_begin);
        for (var i = 0; i < group; i++)
        {
            var number = _number++;
            Encoding.UTF8.GetBytes(W1Rows.ExecutionId(number), executionId);
            for (var write = 0; write < _writes.Count; write++)
            {
                // Distinct for every write; only the events' stand in a column.
                Encoding.UTF8.GetBytes(W1Rows.EventId(number * _writes.Count + write), eventId);
                _writes[write].Row.Replay(_writes[write].Insert, executionId, eventId);
            }

            Sqlite.Run(_count);
        }

        Sqlite.Run(_commit);
    }
}
