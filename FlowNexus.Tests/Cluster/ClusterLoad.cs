
namespace FlowNexus.Tests.Cluster;

/// <summary>Callers that start all kinds of executions on all nodes at once.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private const int Callers = 6;

    private readonly ThreeNodes _cluster;
    private readonly string[] _workflows;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _callers;
    private int _number;

    private ClusterLoad(ThreeNodes cluster, string[] workflows)
    {
        _cluster = cluster;
        _workflows = workflows;
        _callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync))];
    }

    /// <summary>A node that a load balancer would not send to any more.</summary>
    public int? Avoided { get; set; }

    public static async Task<ClusterLoad> StartAsync(ThreeNodes cluster) => new(
        cluster,
        [
            await cluster.Api(0).CreateAsync("""{"name":"pure","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x * 2 }}"}}]}"""),
            await cluster.Api(0).CreateAsync("""{"name":"one commit a step","configuration":{"durability":"step"},"steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}"""),
            await cluster.Api(0).CreateAsync("""{"name":"sleeper","steps":[{"name":"nap","type":"delay","duration":"2s"},{"name":"b","type":"transform","set":{"y":1}}]}"""),
            await cluster.Api(0).CreateAsync($$$"""{"name":"caller","steps":[{{{cluster.SlowStep("ask", 700)}}},{"name":"b","type":"transform","set":{"y":1}}]}"""),
            await cluster.Api(0).CreateAsync($$$"""{"name":"two at a time","configuration":{"concurrency":{"limit":2}},"steps":[{{{cluster.SlowStep("ask", 150)}}}]}"""),
            await cluster.Api(0).CreateAsync($$$"""{"name":"agents","steps":[{{{cluster.SlowTask("load", 300)}}},{"name":"b","type":"transform","set":{"y":1}}]}"""),
        ]);

    public async Task UntilAcceptedAsync(int count)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_cluster.Accepted.Count < count)
        {
            Assert.False(_callers.Exists(caller => caller.IsFaulted), _callers.Find(caller => caller.IsFaulted)?.Exception?.ToString());
            Assert.False(enough.IsCancellationRequested, $"{_cluster.Accepted.Count} of {count} accepted\n{_cluster.Outputs()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_callers), Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None));
        _stop.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _number);
            var node = number % _cluster.Nodes.Count;
            if (node != Avoided) await _cluster.TryStartAsync(node, _workflows[number % _workflows.Length]);
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, CancellationToken.None);
        }
    }
}
