using SQLitePCL;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>SQLite without any layer above it.</summary>
internal static class Sqlite
{
    /// <summary>Opens with the settings of the product: WAL and <c>synchronous=FULL</c>.</summary>
    public static sqlite3 Open(string file)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open_v2(file, out var db, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null));
        foreach (var pragma in new[] { "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536", "temp_store=MEMORY", "wal_autocheckpoint=4000", "journal_size_limit=67108864" })
            Check(raw.sqlite3_exec(db, $"PRAGMA {pragma}"));
        return db;
    }

    public static sqlite3_stmt Prepare(sqlite3 db, string sql)
    {
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    public static void Run(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement));
        Check(raw.sqlite3_reset(statement));
    }

    public static void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)) throw new BenchmarkException($"SQLite refused: {raw.sqlite3_errstr(result).utf8_to_string()}");
    }
}
