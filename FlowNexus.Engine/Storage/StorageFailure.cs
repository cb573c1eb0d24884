using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace FlowNexus.Engine.Storage;

/// <summary>Tells failures of the database or its disk from all others, and says what to do about them.</summary>
public static class StorageFailure
{
    private const int RetrySeconds = 5;
    private const string After = "What was accepted before is safe and goes on by itself. This request was not confirmed: send it again later, with the same Idempotency-Key.";

    /// <returns>STORAGE_UNAVAILABLE, which passes when its cause does; STORAGE_DAMAGED, which does not; null when the storage is not to blame.</returns>
    public static Problem? Problem(Exception failure) => failure switch
    {
        ProblemException { Problem.Code: ProblemCodes.StorageUnavailable or ProblemCodes.StorageDamaged } known => known.Problem,
        SqliteJournalException sqlite => Sqlite(sqlite.Code, sqlite.Message),
        SqliteException sqlite => Sqlite(sqlite.SqliteErrorCode, sqlite.Message),
        PostgresException postgres => Postgres(postgres),
        NpgsqlException away => Unavailable($"PostgreSQL does not answer: {Sentence(away.Message)} It is tried again until it does."),
        { InnerException: { } inner } => Problem(inner),
        _ => null,
    };

    private static Problem? Sqlite(int code, string message) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => Unavailable("the disk that holds it is full. Free some space; nothing needs to be restarted."),
        raw.SQLITE_IOERR => Unavailable($"its disk reports an error or is full ({message}). Look at the disk; nothing needs to be restarted."),
        raw.SQLITE_READONLY => Unavailable("its file may only be read. Let FlowNexus write to it and to its folder."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Unavailable("another program holds it locked. Close that program: a database browser or a copy, perhaps."),
        raw.SQLITE_CANTOPEN => Unavailable($"its file cannot be opened ({message}). Look at the data folder and its rights."),
        raw.SQLITE_NOMEM => Unavailable("the machine has no memory left for it."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged($"its file is damaged ({message})."),
        _ => null,
    };

    private static Problem? Postgres(PostgresException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Damaged($"PostgreSQL found it damaged ({failure.MessageText})."),
        PostgresErrorCodes.DiskFull => Unavailable("the disk of PostgreSQL is full. Free some space; nothing needs to be restarted."),
        PostgresErrorCodes.ReadOnlySqlTransaction => Unavailable("PostgreSQL lets it only be read; this server may be a standby."),
        { } state when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) =>
            Unavailable($"PostgreSQL refuses: {Sentence(failure.MessageText)}"),
        _ => null,
    };

    private static Problem Unavailable(string reason) => new(ProblemCodes.StorageUnavailable, $"The database cannot be used now: {reason} {After}") { RetryAfter = RetrySeconds };

    private static Problem Damaged(string reason) => new(ProblemCodes.StorageDamaged, $"The database cannot be used: {reason} Stop FlowNexus and restore the database from a backup. {After}");

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
