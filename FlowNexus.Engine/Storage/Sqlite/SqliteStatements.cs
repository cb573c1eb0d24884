using System.Text;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Journal;
using SQLitePCL;

namespace FlowNexus.Engine.Storage.Sqlite;

/// <summary>Raw prepared statements on one connection: WAL, <c>synchronous=FULL</c>.</summary>
internal sealed class SqliteStatements : IRowBinder, IDisposable
{
    private static readonly Statement BeginStatement = new("BEGIN IMMEDIATE");
    private static readonly Statement CommitStatement = new("COMMIT");
    private static readonly Statement RollbackStatement = new("ROLLBACK");
    private static readonly Statement SavepointStatement = new("SAVEPOINT t");
    private static readonly Statement ReleaseStatement = new("RELEASE t");
    private static readonly Statement RollbackToStatement = new("ROLLBACK TO t");
    private static readonly Statement ReadStreamStatement = new("SELECT seq, head FROM streams WHERE id = ?1");

    private const int BusyTimeout = 10_000;

    private readonly sqlite3 _db;
    private readonly SqliteUpkeep _upkeep;
    private sqlite3_stmt?[] _prepared = new sqlite3_stmt?[128];
    private sqlite3_stmt _bound = null!;
    private int _column;
    private byte[] _utf8 = new byte[64 * 1024];

    public SqliteStatements(string path)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open_v2(path, out _db, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null));
        Check(raw.sqlite3_busy_timeout(_db, BusyTimeout));
        foreach (var pragma in new[] { "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536", "temp_store=MEMORY", "wal_autocheckpoint=4000", "journal_size_limit=33554432" })
            Check(raw.sqlite3_exec(_db, $"PRAGMA {pragma}"));
        _upkeep = new SqliteUpkeep(_db, path, BusyTimeout);
    }

    public void Begin() => Step(Prepared(BeginStatement));

    public void Commit() => Step(Prepared(CommitStatement));

    /// <summary>Keeps log and file bounded under load.</summary>
    public void KeepBounded() => _upkeep.AfterCommit();

    public void Rollback() => Step(Prepared(RollbackStatement));

    /// <summary>Sets a number of the file's header that nobody reads to what it is; SQLite writes the page all the same.</summary>
    public void Probe() => Check(raw.sqlite3_exec(_db, "BEGIN IMMEDIATE; PRAGMA user_version = 0; COMMIT"));

    /// <summary>After a failure SQLite may have ended the transaction by itself.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(_db) == 0) Rollback();
    }

    public void Savepoint() => Step(Prepared(SavepointStatement));

    public void Release() => Step(Prepared(ReleaseStatement));

    public void RollbackToSavepoint()
    {
        Step(Prepared(RollbackToStatement));
        Release();
    }

    /// <summary>Runs one statement and returns the number of rows it touched.</summary>
    public int Execute(Write write)
    {
        _bound = Prepared(write.Statement);
        _column = 0;
        write.Bind(this);
        Step(_bound);
        return raw.sqlite3_changes(_db);
    }

    /// <summary>Inserts an event and returns its position.</summary>
    public long InsertEvent(Write write)
    {
        Execute(write);
        return raw.sqlite3_last_insert_rowid(_db);
    }

    /// <summary>The end of an administered object's stream: 0 and the genesis hash when it has none.</summary>
    public (long Seq, byte[] Head) ReadStream(string stream)
    {
        var statement = Prepared(ReadStreamStatement);
        Check(raw.sqlite3_bind_text(statement, 1, stream));
        try
        {
            if (raw.sqlite3_step(statement) != raw.SQLITE_ROW) return (0, EventChain.Genesis);
            return (raw.sqlite3_column_int64(statement, 0), raw.sqlite3_column_blob(statement, 1).ToArray());
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Tidy() => _upkeep.WhenIdle();

    public void Dispose()
    {
        foreach (var statement in _prepared) statement?.Dispose();
        _ = raw.sqlite3_exec(_db, "PRAGMA wal_checkpoint(TRUNCATE)");
        _db.Dispose();
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_bound, ++_column));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _utf8.Length) _utf8 = new byte[most];
        Utf8(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, _utf8)));
    }

    public void Utf8(ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_text(_bound, ++_column, value));

    public void Integer(long value) => Check(raw.sqlite3_bind_int64(_bound, ++_column, value));

    public void Integer(long? value)
    {
        if (value is { } number) Integer(number);
        else Check(raw.sqlite3_bind_null(_bound, ++_column));
    }

    public void Real(double value) => Check(raw.sqlite3_bind_double(_bound, ++_column, value));

    public void Blob(byte[]? value)
    {
        if (value is null) Check(raw.sqlite3_bind_null(_bound, ++_column));
        else Check(raw.sqlite3_bind_blob(_bound, ++_column, value));
    }

    private sqlite3_stmt Prepared(Statement statement)
    {
        if (statement.Id >= _prepared.Length) Array.Resize(ref _prepared, statement.Id * 2);
        if (_prepared[statement.Id] is { } ready) return ready;
        Check(raw.sqlite3_prepare_v3(_db, statement.Sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
        _prepared[statement.Id] = prepared;
        return prepared;
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Check(result);
    }

    private void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        throw new SqliteJournalException(result, _db is null ? raw.sqlite3_errstr(result).utf8_to_string() : raw.sqlite3_errmsg(_db).utf8_to_string());
    }
}

/// <summary>SQLite refused something; the message is SQLite's own.</summary>
internal sealed class SqliteJournalException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    public int Code { get; } = code;
}
