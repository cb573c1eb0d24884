using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace FlowNexus.Engine.Storage.Sqlite;

/// <summary>Opens the SQLite file of a data folder: creates or migrates it, then gives contexts for reading and the journal's store.</summary>
internal static class SqliteDatabase
{
    /// <exception cref="StartException">The file is no database of ours, or is damaged.</exception>
    public static (Func<FlowNexusDbContext> Read, IJournalStore Store) Open(DataFolder folder)
    {
        try
        {
            SqliteSchema.Bring(new SqliteConnectionStringBuilder { DataSource = folder.Database, Pooling = false }.ToString());
            var options = new DbContextOptionsBuilder<SqliteContext>()
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = folder.Database, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30 }.ToString())
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
                .Options;
            return (new PooledDbContextFactory<SqliteContext>(options).CreateDbContext, new SqliteJournalStore(folder.Database));
        }
        catch (Exception failure) when (failure is SqliteException or SqliteJournalException)
        {
            throw new StartException($"The database {folder.Database} cannot be opened: {failure.Message} Restore it from a backup, or start with another data folder: --FlowNexus:DataFolder=PATH.", failure);
        }
    }
}
