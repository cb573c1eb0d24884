using Npgsql;
using NpgsqlTypes;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// A row of this writer's own that every commit raises. When the connection breaks during COMMIT, the row says whether
/// the commit happened.
/// </summary>
internal sealed class CommitMark(string writer)
{
    private long _number;

    /// <summary>Makes the row, so that a later reader finds one to lock; forgets writers that have been gone for 30 days.</summary>
    public void Create(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            INSERT INTO writers (id, commits, at) VALUES ($1, $2, extract(epoch FROM now()) * 1000000)
            ON CONFLICT (id) DO NOTHING;
            """, connection);
        command.Parameters.Add(Writer());
        command.Parameters.Add(Number());
        command.ExecuteNonQuery();
        using var tidy = new NpgsqlCommand("DELETE FROM writers WHERE at < (extract(epoch FROM now()) - 30 * 86400) * 1000000 AND id <> $1", connection);
        tidy.Parameters.Add(Writer());
        tidy.ExecuteNonQuery();
    }

    /// <summary>A commit that changes nothing but when this writer was last heard of.</summary>
    public void Touch(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("UPDATE writers SET at = extract(epoch FROM now()) * 1000000 WHERE id = $1", connection);
        command.Parameters.Add(Writer());
        command.ExecuteNonQuery();
    }

    public void Set(Pipeline pipeline)
    {
        _number++;
        pipeline.Add(
            """
            INSERT INTO writers (id, commits, at) VALUES ($1, $2, extract(epoch FROM now()) * 1000000)
            ON CONFLICT (id) DO UPDATE SET commits = excluded.commits, at = excluded.at
            """, [Writer(), Number()]);
    }

    /// <summary>Whether the last transaction that set the mark committed. Waits for it to end if the server still has it open.</summary>
    public bool Committed(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT commits FROM writers WHERE id = $1 FOR UPDATE", connection);
        command.Parameters.Add(Writer());
        return command.ExecuteScalar() is long commits && commits == _number;
    }

    private NpgsqlParameter Writer() => new NpgsqlParameter<string> { TypedValue = writer, NpgsqlDbType = NpgsqlDbType.Text };

    private NpgsqlParameter Number() => new NpgsqlParameter<long> { TypedValue = _number, NpgsqlDbType = NpgsqlDbType.Bigint };
}
