namespace FlowNexus.Tests.Kit;

/// <summary>One server process for the contract tests.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-server-").FullName;
    private ServerProcess? _server;
    private ApiClient? _api;

    internal ApiClient Api => _api!;

    internal Uri Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_folder);
        _api = new ApiClient(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class ServerGroup : ICollectionFixture<ServerFixture>
{
    public const string Name = "one server";
}
