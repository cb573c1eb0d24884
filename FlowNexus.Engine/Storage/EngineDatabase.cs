using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Storage;

/// <summary>The open database: read-only contexts for whoever asks, one journal for all writes.</summary>
public sealed class EngineDatabase : IDisposable
{
    private readonly PooledDbContextFactory<SqliteContext> _contexts;

    private EngineDatabase(PooledDbContextFactory<SqliteContext> contexts, JournalWriter journal)
    {
        _contexts = contexts;
        Journal = journal;
    }

    internal JournalWriter Journal { get; }

    /// <summary>A context for reading; it tracks nothing and its connection cannot write.</summary>
    public FlowNexusDbContext Read() => _contexts.CreateDbContext();

    /// <summary>Opens the database of a data folder, creating or migrating it first.</summary>
    /// <exception cref="StartException">The file is no database of ours, or is damaged.</exception>
    public static EngineDatabase Open(DataFolder folder, EventFeed feed, ILoggerFactory logs)
    {
        try
        {
            SqliteSchema.Bring(new SqliteConnectionStringBuilder { DataSource = folder.Database, Pooling = false }.ToString());
            var options = new DbContextOptionsBuilder<SqliteContext>()
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = folder.Database, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30 }.ToString())
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
                .Options;
            var journal = new JournalWriter(new SqliteJournalStore(folder.Database), logs.CreateLogger<JournalWriter>(), feed.Publish);
            return new EngineDatabase(new PooledDbContextFactory<SqliteContext>(options), journal);
        }
        catch (Exception failure) when (failure is SqliteException or SqliteJournalException)
        {
            throw new StartException($"The database {folder.Database} cannot be opened: {failure.Message} Restore it from a backup, or start with another data folder: --FlowNexus:DataFolder=PATH.", failure);
        }
    }

    public void Dispose()
    {
        Journal.Dispose();
        SqliteConnection.ClearAllPools();
    }
}
