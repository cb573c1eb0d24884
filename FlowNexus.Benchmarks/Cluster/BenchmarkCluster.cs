using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Cluster;

/// <summary>Real processes on one PostgreSQL database and one data folder.</summary>
internal sealed class BenchmarkCluster(CommandLine command, string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly HttpMessageInvoker _http = LoopbackHttp.Create(8);

    public List<ServerProcess> Nodes { get; } = [];

    /// <exception cref="BenchmarkException">There is no PostgreSQL to share.</exception>
    public static async Task<BenchmarkCluster> StartAsync(CommandLine command, string folder, int nodes, CancellationToken cancellationToken)
    {
        if (command.Postgres is null) throw new BenchmarkException($"{command.Name} needs --postgres: nodes share a database.");
        var cluster = new BenchmarkCluster(command, folder);
        try
        {
            // The first one migrates and installs; the others find it done.
            for (var i = 0; i < nodes; i++) await cluster.AddAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public FlowNexusApi Api(ServerProcess node) => new(_http, node.Address);

    /// <summary>Starts one more node and waits until all see it.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        Nodes.Add(await ServerProcess.StartAsync(command.Server, folder, cancellationToken, [.. command.ServerSettings, "--FlowNexus:Cluster:Enabled=true"]));
        foreach (var node in Nodes) await UntilAsync(Api(node), "cluster", seen => seen["nodes"]!.AsArray().Count(one => (string?)one!["state"] == "active") == Nodes.Count, cancellationToken);
    }

    public static async Task<JsonNode> UntilAsync(FlowNexusApi api, string path, Func<JsonNode, bool> wanted, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var seen = await api.GetAsync(path, cancellationToken);
            if (wanted(seen)) return seen;
            if (TimeProvider.System.GetUtcNow() > until) throw new BenchmarkException($"{path} did not come to what is waited for: {seen.ToJsonString()}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        _http.Dispose();
    }
}
