using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Engine.Backups;

/// <summary>Verifies every event chain of a database file in one walk, whatever version of the schema it has.</summary>
internal static class StoredChains
{
    /// <returns>How many streams there are.</returns>
    /// <exception cref="BackupException">A chain does not hold.</exception>
    public static long Verify(SqliteConnection connection)
    {
        using var ends = Command(connection, "SELECT id, event_seq, event_head FROM executions WHERE event_seq > 0 UNION ALL SELECT id, seq, head FROM streams ORDER BY 1").ExecuteReader();
        using var events = Command(connection, "SELECT stream, seq, event_id, type, at, workflow_id, execution_id, step_name, agent_id, user_id, payload, salt, payload_hash, hash FROM events ORDER BY stream, seq").ExecuteReader();
        var streams = 0L;
        EventRow? last = null;
        while (events.Read())
        {
            var row = Row(events);
            if (last is not null && last.Stream != row.Stream) End(ends, last);
            if (last?.Stream != row.Stream)
            {
                streams++;
                last = null;
            }

            if (row.Seq != (last?.Seq ?? 0) + 1 || !EventChain.Verifies(row, last?.Hash ?? EventChain.Genesis)) throw Broken(row.Stream, row.Seq);
            last = row;
        }

        if (last is not null) End(ends, last);
        if (ends.Read()) throw Broken(ends.GetString(0), 1);
        return streams;
    }

    /// <summary>Each stream ends where its owner's row says.</summary>
    private static void End(SqliteDataReader ends, EventRow last)
    {
        if (!ends.Read() || ends.GetString(0) != last.Stream || ends.GetInt64(1) != last.Seq || !ends.GetFieldValue<byte[]>(2).AsSpan().SequenceEqual(last.Hash))
            throw Broken(last.Stream, last.Seq);
    }

    private static BackupException Broken(string stream, long seq) => new($"The event chain of {stream} does not hold at event {seq}: rows were changed, lost or added behind FlowNexus's back.");

    private static EventRow Row(SqliteDataReader reader) => new()
    {
        Stream = reader.GetString(0),
        Seq = reader.GetInt64(1),
        EventId = reader.GetString(2),
        Type = reader.GetString(3),
        At = reader.GetInt64(4),
        WorkflowId = Text(reader, 5),
        ExecutionId = Text(reader, 6),
        StepName = Text(reader, 7),
        AgentId = Text(reader, 8),
        UserId = Text(reader, 9),
        Payload = Text(reader, 10),
        Salt = reader.IsDBNull(11) ? null : reader.GetFieldValue<byte[]>(11),
        PayloadHash = reader.GetFieldValue<byte[]>(12),
        Hash = reader.GetFieldValue<byte[]>(13),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
