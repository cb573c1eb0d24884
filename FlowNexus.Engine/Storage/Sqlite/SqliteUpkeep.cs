using System.Diagnostics;
using SQLitePCL;

namespace FlowNexus.Engine.Storage.Sqlite;

/// <summary>
/// Keeps write-ahead log and file bounded. SQLite checkpoints by itself, but starts its log anew only when no reader is in
/// it, which under load may never be; and pages that became free stay in the file until somebody gives them back.
/// </summary>
internal sealed class SqliteUpkeep(sqlite3 db, string path, int busyTimeout)
{
    /// <summary>Bytes of the log from which readers are waited for.</summary>
    private const long LargeLog = 32L * 1024 * 1024;

    /// <summary>Bytes from which they are waited for as long as an ordinary reader on a busy machine may take.</summary>
    private const long TooLargeLog = 44L * 1024 * 1024;

    /// <summary>Milliseconds that the writer stands still for readers, at most: in a large log, and in one that is too large.</summary>
    private const int Patience = 100;
    private const int LongPatience = 3000;

    /// <summary>
    /// Milliseconds of one try. SQLite waits for the places in the log that it saw taken at first; readers that come
    /// meanwhile take over those places without standing in the way, and a new try sees that, where one long wait would
    /// never end.
    /// </summary>
    private const int OneTry = 10;

    private const int PagesPerStep = 500;
    private const int IdlePages = 2000;
    private const long KeptFree = 2000;

    private static readonly TimeSpan LogLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FreeLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Who outlasts the long patience copies the whole database, perhaps; the writer stands still for a tenth of that time at most.</summary>
    private static readonly TimeSpan AfterLongFailure = TimeSpan.FromSeconds(30);

    private readonly string _log = path + "-wal";
    private long _nextLog = Stopwatch.GetTimestamp();
    private long _nextTry = Stopwatch.GetTimestamp();
    private long _nextLongTry = Stopwatch.GetTimestamp();
    private long _nextFree = Stopwatch.GetTimestamp();
    private bool _dirty;

    /// <summary>Between two groups of a writer that may never come to rest; most times it only reads a clock.</summary>
    public void AfterCommit()
    {
        _dirty = true;
        var now = Stopwatch.GetTimestamp();
        if (now < _nextLog) return;
        _nextLog = After(now, LogLooks);
        if (new FileInfo(_log) is { Exists: true, Length: > LargeLog and var length }) BoundLog(length, now);
        if (now < _nextFree) return;
        _nextFree = After(now, FreeLooks);

        // A quarter of the file may stay free: what comes next uses it.
        var free = Ask("PRAGMA freelist_count");
        if (free > KeptFree && free * 4 > Ask("PRAGMA page_count")) Run($"PRAGMA incremental_vacuum({PagesPerStep})");
    }

    /// <summary>While nobody writes: step by step until no page is free.</summary>
    public void WhenIdle()
    {
        if (!_dirty) return;
        Run($"PRAGMA incremental_vacuum({IdlePages})");
        Run("PRAGMA wal_checkpoint(PASSIVE)");

        // Of all tables: by itself it looks at those that this connection has queried, and the writer queries none. With
        // the counts of a fresh file readers take the wrong indexes. It looks at some two thousand rows of each index.
        Run("PRAGMA optimize=0x10012");
        _dirty = Ask("PRAGMA freelist_count") > 0;
    }

    private static long After(long now, TimeSpan pause) => now + (long)(pause.TotalSeconds * Stopwatch.Frequency);

    private void BoundLog(long length, long now)
    {
        var isLong = length > TooLargeLog && now >= _nextLongTry;
        if ((!isLong && now < _nextTry) || TryTruncateLog(isLong ? LongPatience : Patience)) return;
        var failed = Stopwatch.GetTimestamp();
        _nextTry = After(failed, AfterFailure);
        if (isLong) _nextLongTry = After(failed, AfterLongFailure);
    }

    /// <returns>False when a reader kept the log.</returns>
    private bool TryTruncateLog(int patience)
    {
        var since = Stopwatch.GetTimestamp();
        Check(raw.sqlite3_busy_timeout(db, OneTry));
        try
        {
            do
            {
                var result = raw.sqlite3_wal_checkpoint_v2(db, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
                if (result == raw.SQLITE_BUSY) continue;
                Check(result);
                return true;
            }
            while (Stopwatch.GetElapsedTime(since).TotalMilliseconds < patience);
            return false;
        }
        finally
        {
            Check(raw.sqlite3_busy_timeout(db, busyTimeout));
        }
    }

    private long Ask(string sql)
    {
        Check(raw.sqlite3_prepare_v2(db, sql, out var statement));
        using (statement)
            return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
    }

    private void Run(string sql) => Check(raw.sqlite3_exec(db, sql));

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) throw new SqliteJournalException(result, raw.sqlite3_errmsg(db).utf8_to_string());
    }
}
