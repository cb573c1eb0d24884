using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>Opens a PostgreSQL database: migrates it under a lock, then gives contexts for reading and the journal's store.</summary>
internal static class PostgresDatabase
{
    /// <summary>Nodes that start together migrate one after the other.</summary>
    private const long MigrationLock = 0x464c4f574e455855;

    /// <param name="node">The node of a cluster that writes: the others are told of each commit.</param>
    /// <exception cref="StartException">The database cannot be reached or used; the message names it, never the password.</exception>
    public static (Func<FlowNexusDbContext> Read, IJournalStore Store) Open(PostgresConnections connections, string? node, ILoggerFactory logs)
    {
        try
        {
            Migrate(connections, logs.CreateLogger(typeof(PostgresDatabase)));
            var contexts = new PooledDbContextFactory<PostgresContext>(new DbContextOptionsBuilder<PostgresContext>()
                .UseNpgsql(connections.Reading)
                .AddInterceptors(new StorableParameters())
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
                .Options);
            return (contexts.CreateDbContext, new PostgresJournalStore(connections, new PostgresSql(ColumnTypes(contexts)), $"writer_{Convert.ToHexStringLower(RandomBytes.Get(16))}", node is null ? null : new CommitNews(node), logs.CreateLogger<PostgresJournalStore>()));
        }
        catch (NpgsqlException failure)
        {
            throw new StartException($"The database {connections.Name} cannot be used: {Reason(failure)} Change FlowNexus:Database:ConnectionString, or leave it out for SQLite in the data folder.", failure);
        }
    }

    private static string Reason(NpgsqlException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "there is no such database (CREATE DATABASE makes one).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused => $"the server refuses the user or password: {refused.MessageText}.",
        PostgresException other => $"{other.MessageText} ({other.SqlState}).",
        { InnerException: { } inner } => $"{failure.Message.TrimEnd('.')}: {inner.Message.TrimEnd('.')}.",
        _ => $"{failure.Message.TrimEnd('.')}.",
    };

    private static void Migrate(PostgresConnections connections, ILogger log)
    {
        using var connection = new NpgsqlConnection(connections.Owning);
        connection.Open();
        using (var encoding = new NpgsqlCommand("SHOW server_encoding", connection))
        {
            if (encoding.ExecuteScalar() is string text and not "UTF8")
                throw new StartException($"The database {connections.Name} has the encoding {text}; FlowNexus needs UTF8. Create it with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;");
        }

        // The session's end frees it, whatever happens.
        Execute(connection, $"SELECT pg_advisory_lock({MigrationLock})");
        using var context = new PostgresContext(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connection).Options);
        context.Database.Migrate();
        Execute(connection, "SELECT flownexus_keep_positions_growing()");
        using var vacuum = new NpgsqlCommand("SELECT current_setting('autovacuum') = 'on' AND current_setting('track_counts') = 'on'", connection);
        if (vacuum.ExecuteScalar() is false)
            log.LogWarning("The server of {Database} does not vacuum by itself: its tables grow without bound. Set autovacuum = on and track_counts = on in postgresql.conf.", connections.Name);
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private static Dictionary<(string Table, string Column), string> ColumnTypes(PooledDbContextFactory<PostgresContext> contexts)
    {
        using var context = contexts.CreateDbContext();
        return context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).ToDictionary(
            property => (property.DeclaringType.GetTableName()!, property.GetColumnName()), property => property.GetColumnType());
    }
}
