using System.Globalization;

[assembly: AssemblyFixture(typeof(FlowNexus.Tests.Kit.Postgres))]

namespace FlowNexus.Tests.Kit;

/// <summary>The run's one PostgreSQL server, started by the first test that asks for a database.</summary>
public sealed class Postgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync("fsync=off"));
    private static int _databases;

    /// <summary>The connection string of a new database; null for a test that runs on SQLite.</summary>
    public static async Task<string?> FreshAsync(Store store)
    {
        if (store == Store.Sqlite) return null;
        var server = await Server.Value;
        return await server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated) await (await Server.Value).DisposeAsync();
    }
}

/// <summary>The databases that the product runs on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}
