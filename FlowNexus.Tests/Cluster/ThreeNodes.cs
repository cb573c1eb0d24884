using System.Globalization;
using System.Net;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Http;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Kit.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlowNexus.Tests.Cluster;

/// <summary>Three real processes of the product on one PostgreSQL database and one data folder.</summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-cluster-").FullName;
    private readonly string _connectionString;
    private readonly HashSet<string> _accepted = [];
    private readonly List<int> _ports = [];
    private NetworkNamespace? _network;

    private ThreeNodes(string connectionString) => _connectionString = connectionString;

    /// <summary>Every process that was started, also those that are gone; replaced as a whole, since callers read it all the time.</summary>
    public IReadOnlyList<(ServerProcess Process, ApiClient Api)> Nodes { get; private set; } = [];

    /// <summary>What joins the node that lives in a network of its own to the others; null when all share one.</summary>
    public Cable? Cable { get; private set; }

    /// <summary>Somebody else's service that takes its time: <c>/MILLISECONDS</c> answers after so many.</summary>
    private LoopbackServer? Slow { get; set; }

    /// <summary>Executions that a node said it accepted.</summary>
    public IReadOnlyCollection<string> Accepted
    {
        get
        {
            lock (_accepted) return [.. _accepted];
        }
    }

    /// <param name="apart">The third node lives in a network of its own.</param>
    public static async Task<ThreeNodes> StartAsync(bool apart = false)
    {
        var cluster = new ThreeNodes((await Postgres.FreshAsync(Store.Postgres))!);
        try
        {
            cluster.Slow = await LoopbackServer.StartAsync(app => app.MapGet("/{milliseconds:int}", async (int milliseconds, HttpContext context) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, context.RequestAborted);
                return Results.Json(new[] { new { n = 1 }, new { n = 2 } });
            }));

            // The first one migrates and installs; the others find it done.
            await cluster.AddAsync();
            cluster.Nodes = [.. cluster.Nodes, .. await Task.WhenAll(cluster.LaunchAsync(), apart ? cluster.LaunchApartAsync() : cluster.LaunchAsync())];
            await cluster.UntilAsync(0, all => all.Count(node => node.State == "active") == 3);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task AddAsync() => Nodes = [.. Nodes, await LaunchAsync()];

    /// <summary>A step that runs for so long.</summary>
    public string SlowStep(string name, int milliseconds) => string.Create(CultureInfo.InvariantCulture, $$$"""{"name":"{{{name}}}","type":"http_request","url":"{{{Slow!.Address}}}/{{{milliseconds}}}"}""");

    /// <summary>A step that an agent works on for so long.</summary>
    public string SlowTask(string name, int milliseconds) => string.Create(CultureInfo.InvariantCulture, $$$"""{"name":"{{{name}}}","type":"agent","agent_type":"researcher","config":{"skill":"extract","url":"{{{Slow!.Address}}}/{{{milliseconds}}}"}}""");

    public ApiClient Api(int node) => Nodes[node].Api;

    /// <summary>What a node says of all.</summary>
    public async Task<List<(string Id, string State, int Owned)>> SeenByAsync(int node)
    {
        var answer = await Api(node).GetAsync("cluster");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToJsonString());
        return [.. answer.Body["nodes"]!.AsArray().Select(one => (one!.Text("id"), one!.Text("state"), one!["executions_owned"]!.GetValue<int>()))];
    }

    public async Task<string> IdOfAsync(int node) => (await Api(node).GetAsync("cluster")).Body.Text("this_node");

    public async Task UntilAsync(int node, Func<List<(string Id, string State, int Owned)>, bool> wanted)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var seen = await SeenByAsync(node);
            if (wanted(seen)) return;
            Assert.False(enough.IsCancellationRequested, $"{string.Join(", ", seen)}\n{Outputs()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Starts an execution and remembers that it was accepted; null when the node could not be reached or drains.</summary>
    public async Task<string?> TryStartAsync(int node, string workflow, string body = """{"input_data":{"dataset":"small_sample"}}""")
    {
        try
        {
            var answer = await Api(node).PostAsync($"workflows/{workflow}/execute", body);
            if (answer is { Status: HttpStatusCode.ServiceUnavailable, Code: "NODE_DRAINING" })
            {
                Assert.NotNull(answer.RetryAfter);
                return null;
            }

            Assert.True(answer.Status == HttpStatusCode.Accepted, $"{answer.Status} {answer.Body.ToJsonString()}\n{Outputs()}");
            var id = answer.Body.Text("execution_id");
            lock (_accepted) _accepted.Add(id);
            return id;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Everything that was accepted completes, asked for through one node.</summary>
    public async Task AllCompleteAsync(int node)
    {
        foreach (var id in Accepted)
        {
            var end = await Api(node).EndOfAsync(id);
            Assert.True(end.Text("status") == "completed", $"{end.ToJsonString()}\n{Outputs()}");
        }
    }

    /// <summary>Stops every node and reads the database as it is then.</summary>
    public async Task<EngineDatabase> StoppedAsync()
    {
        foreach (var (process, _) in Nodes) await process.KillAsync();
        using var folder = DataFolder.Open(_folder, _folder);
        return EngineDatabase.Open(folder, _connectionString, new EventFeed(), NullLoggerFactory.Instance);
    }

    /// <summary>Nothing is lost, nothing was committed twice, no agent and no workflow had more at a time than it may.</summary>
    public async Task CheckAsync()
    {
        using var database = await StoppedAsync();
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        var statuses = await context.Executions.ToDictionaryAsync(row => row.Id, row => row.Status, TestContext.Current.CancellationToken);
        Assert.All(Accepted, id => Assert.True(statuses.ContainsKey(id), $"{id} was accepted and is lost."));
        var capacities = await context.Agents.ToDictionaryAsync(row => row.Id, row => row.Capacity, TestContext.Current.CancellationToken);
        foreach (var (agent, most) in await MostAtOnceAsync(context)) Assert.True(most <= capacities[agent], $"{agent} had {most} tasks at once, at most {capacities[agent]} are allowed.");
        await LimitsHeldAsync(context);
    }

    public string Outputs() => string.Join("\n----\n", Nodes.Select(node => node.Process.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, api) in Nodes)
        {
            api.Dispose();
            await process.DisposeAsync();
        }

        if (Slow is not null) await Slow.DisposeAsync();
        if (Cable is not null) await Cable.DisposeAsync();
        _network?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(ServerProcess, ApiClient)> LaunchAsync()
    {
        var port = Sockets.FreePort();
        lock (_ports) _ports.Add(port);
        var process = await ServerProcess.StartAsync(_folder, Settings(port));
        return (process, new ApiClient(process.Address));
    }

    private async Task<(ServerProcess, ApiClient)> LaunchApartAsync()
    {
        var (network, cable, own) = (_network = new NetworkNamespace(), Cable = new Cable(), Sockets.FreePort());
        int[] others;
        lock (_ports) others = [.. _ports, new NpgsqlConnectionStringBuilder(_connectionString).Port, Slow!.Port];
        foreach (var port in others) cable.Join(network.Listen(port), () => Sockets.Connect(port));
        cable.Join(Sockets.Listen(own), () => network.Connect(own));
        var process = await ServerProcess.StartAsync(_folder, Settings(own), null, network.Prefix);
        return (process, new ApiClient(process.Address, network.Handler()));
    }

    private string[] Settings(int port) =>
    [
        $"--FlowNexus:Database:ConnectionString={_connectionString}", "--FlowNexus:Cluster:Enabled=true", string.Create(CultureInfo.InvariantCulture, $"--FlowNexus:Cluster:Port={port}"),
        "--FlowNexus:Http:AllowedHosts:0=127.0.0.1", "--FlowNexus:DrainSeconds=3",
    ];

    /// <summary>A place is taken when an execution starts and free when it has ended, wherever it was meanwhile.</summary>
    private static async Task LimitsHeldAsync(FlowNexusDbContext context)
    {
        var limits = await context.Executions.Where(row => row.LimitPlaces != null).Select(row => new { row.Id, Group = row.WorkflowId + row.LimitKey, Places = row.LimitPlaces!.Value }).ToDictionaryAsync(row => row.Id, TestContext.Current.CancellationToken);
        string[] steps = ["execution_started", "execution_completed", "execution_failed", "execution_cancelled", "execution_timed_out"];
        var rows = await context.Events.Where(row => steps.Contains(row.Type)).OrderBy(row => row.Position).Select(row => new { row.Stream, row.Type }).ToListAsync(TestContext.Current.CancellationToken);
        Dictionary<string, int> now = [];
        foreach (var row in rows)
        {
            if (!limits.TryGetValue(row.Stream, out var limit)) continue;
            var under = now[limit.Group] = now.GetValueOrDefault(limit.Group) + (row.Type == steps[0] ? 1 : -1);
            Assert.True(under <= limit.Places, $"{under} executions of {limit.Group} ran at once, at most {limit.Places} are allowed ({row.Stream}).");
        }
    }

    /// <summary>The most attempts that an agent had under way at one moment, by the events.</summary>
    private static async Task<Dictionary<string, int>> MostAtOnceAsync(FlowNexusDbContext context)
    {
        string[] ends = ["step_completed", "step_failed", "step_retrying", "step_reopened", "step_held", "step_timed_out", "step_cancelled", "attempt_lost", "attempt_abandoned"];
        var rows = await context.Events.Where(row => row.AgentId != null && (row.Type == "step_started" || ends.Contains(row.Type))).OrderBy(row => row.Position).Select(row => new { row.AgentId, row.Type }).ToListAsync(TestContext.Current.CancellationToken);
        Dictionary<string, int> now = [], most = [];
        foreach (var row in rows)
        {
            now[row.AgentId!] = now.GetValueOrDefault(row.AgentId!) + (row.Type == "step_started" ? 1 : -1);
            most[row.AgentId!] = Math.Max(most.GetValueOrDefault(row.AgentId!), now[row.AgentId!]);
        }

        return most;
    }
}

/// <summary>One after the other, and with nothing beside them: they measure time on machines that may have two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterGroup
{
    public const string Name = "three nodes";
}
