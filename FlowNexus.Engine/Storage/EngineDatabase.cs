using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Storage;

/// <summary>The open database: read-only contexts for whoever asks, one journal for all writes.</summary>
public sealed class EngineDatabase : IDisposable
{
    private readonly Func<FlowNexusDbContext> _read;

    internal EngineDatabase(Func<FlowNexusDbContext> read, JournalWriter journal)
    {
        _read = read;
        Journal = journal;
    }

    internal JournalWriter Journal { get; }

    /// <summary>Of the PostgreSQL database that the nodes of a cluster share; null on SQLite.</summary>
    internal PostgresConnections? Connections { get; private init; }

    /// <summary>Set while the database takes no writes.</summary>
    public StorageTrouble? Trouble => Journal.Trouble;

    /// <summary>When something was last committed here; null when nothing was since the start.</summary>
    public DateTimeOffset? LastCommitAt => Journal.LastCommitAt;

    /// <summary>Transitions that wait to be committed.</summary>
    public int WaitingTransitions => Journal.Waiting;

    /// <summary>PostgreSQL; SQLite otherwise.</summary>
    public bool IsPostgres => Connections is not null;

    /// <summary>A context for reading; it tracks nothing and its connection cannot write.</summary>
    public FlowNexusDbContext Read() => _read();

    /// <summary>Opens the database, creating or migrating it first.</summary>
    /// <param name="connectionString">Of a PostgreSQL database; without one it is the SQLite file of the data folder.</param>
    /// <param name="node">The node of a cluster that opens it; null for one that is alone.</param>
    /// <exception cref="StartException">It cannot be reached, is damaged, or is no database of ours.</exception>
    public static EngineDatabase Open(DataFolder folder, string? connectionString, EventFeed feed, ILoggerFactory logs, string? node = null)
    {
        var connections = string.IsNullOrWhiteSpace(connectionString) ? null : new PostgresConnections(connectionString, node);
        var (read, store) = connections is null ? SqliteDatabase.Open(folder) : PostgresDatabase.Open(connections, node, logs);
        return new EngineDatabase(read, new JournalWriter(store, logs.CreateLogger<JournalWriter>(), feed.Publish)) { Connections = connections };
    }

    public void Dispose()
    {
        Journal.Dispose();
        SqliteConnection.ClearAllPools();
    }
}
