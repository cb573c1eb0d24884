using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Engine.Backups;

/// <summary>A copy of a database as one file that nobody else has open.</summary>
internal sealed class DatabaseCopy(string path)
{
    /// <summary>Copies a database that others may be writing: what is committed at this moment, nothing later.</summary>
    public static DatabaseCopy Of(string database, string path)
    {
        // Reading alone cannot open a write-ahead log that nobody has open; nothing is written.
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        Execute(target, "PRAGMA journal_mode = DELETE");
        return new DatabaseCopy(path);
    }

    /// <summary>Checks the file itself and every event chain in it.</summary>
    /// <param name="hasArtifact">Whether the file of an artifact is there.</param>
    /// <exception cref="BackupException">It is damaged, or of a newer version.</exception>
    public DatabaseFacts Verify(Func<string, bool> hasArtifact)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            var schema = SqliteSchema.Last(connection);
            if (Texts(connection, "PRAGMA integrity_check(1)").First() is var found and not "ok") throw new BackupException($"The database is damaged: {found}.");
            return new DatabaseFacts(schema, Counts(connection), StoredChains.Verify(connection), Last(connection), Artifacts(connection).LongCount(id => !hasArtifact(id)));
        }
        catch (SqliteException failure)
        {
            throw new BackupException($"The database is damaged: {failure.Message}", failure);
        }
    }

    private static Dictionary<string, long> Counts(SqliteConnection connection) =>
        Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name").ToList()
            .ToDictionary(table => table, table => long.Parse(Texts(connection, $"SELECT count(*) FROM \"{table}\"").First(), System.Globalization.CultureInfo.InvariantCulture));

    private static LastEvent? Last(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, stream, seq, hash FROM events ORDER BY position DESC LIMIT 1";
        using var reader = command.ExecuteReader();
        return reader.Read() ? new LastEvent(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(3))) : null;
    }

    /// <summary>Those whose files should be there; before retention there was no other kind.</summary>
    private static IEnumerable<string> Artifacts(SqliteConnection connection)
    {
        var canExpire = Texts(connection, "SELECT name FROM pragma_table_info('executions')").Contains("pruned", StringComparer.Ordinal);
        return Texts(connection, canExpire
            ? $"SELECT id FROM artifacts a WHERE kind = 'body' OR NOT EXISTS (SELECT 1 FROM executions e WHERE e.id = a.execution_id AND e.pruned & {(int)Retention.Pruned.Files} <> 0)"
            : "SELECT id FROM artifacts");
    }

    private static IEnumerable<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader.GetString(0);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
