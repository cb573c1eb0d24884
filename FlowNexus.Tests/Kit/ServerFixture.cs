namespace FlowNexus.Tests.Kit;

/// <summary>One server process for the contract tests.</summary>
public abstract class ServerFixture(Store store) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-server-").FullName;
    private ServerProcess? _server;
    private ApiClient? _api;

    internal ApiClient Api => _api!;

    internal Uri Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        string[] settings = await Postgres.FreshAsync(store) is { } connectionString ? [$"--FlowNexus:Database:ConnectionString={connectionString}"] : [];
        _server = await ServerProcess.StartAsync(_folder, settings);
        _api = new ApiClient(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

public sealed class SqliteServerFixture() : ServerFixture(Store.Sqlite);

public sealed class PostgresServerFixture() : ServerFixture(Store.Postgres);

[CollectionDefinition(Name)]
public sealed class ServerGroup : ICollectionFixture<SqliteServerFixture>
{
    public const string Name = "one server";
}

[CollectionDefinition(Name)]
public sealed class PostgresServerGroup : ICollectionFixture<PostgresServerFixture>
{
    public const string Name = "one server on PostgreSQL";
}
