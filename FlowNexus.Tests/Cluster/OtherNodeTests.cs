using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Cluster;

[Collection(ClusterGroup.Name)]
[Trait("Category", "Soak")]
public sealed class OtherNodeTests : IAsyncLifetime
{
    private ThreeNodes? _cluster;

    private ThreeNodes Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await ThreeNodes.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Execution_ThroughAnotherNodeThanItsOwners_IsControlledWaitedForAndFollowed()
    {
        await ControlledAsync();
        await WaitedForAsync();
        await FollowedAsync();
        await SynchronousAsync();
        await PausedSystemAsync();
        await ScheduleFiresOnceAsync();
        await Cluster.CheckAsync();
    }

    private async Task ControlledAsync()
    {
        var workflow = await Cluster.Api(0).CreateAsync($$$"""{"name":"held","steps":[{{{Cluster.SlowStep("ask", 4000)}}},{"name":"b","type":"transform","set":{"y":1}}]}""");
        var id = await Cluster.Api(0).StartAsync(workflow);
        await Cluster.Api(1).UntilAsync(id, body => body.Text("status") == "running");
        var paused = await Cluster.Api(1).PostAsync($"executions/{id}/pause", """{"reason":"look"}""");
        Assert.True(paused.Status == HttpStatusCode.OK, $"{paused.Body.ToJsonString()}\n{Cluster.Outputs()}");
        Assert.Equal("paused", (await Cluster.Api(2).GetAsync($"executions/{id}")).Body.Text("status"));
        Assert.Equal(HttpStatusCode.OK, (await Cluster.Api(2).PostAsync($"executions/{id}/resume")).Status);
        Assert.Equal("completed", (await Cluster.Api(1).EndOfAsync(id)).Text("status"));

        var cancelled = await Cluster.Api(0).StartAsync(workflow);
        await Cluster.Api(1).UntilAsync(cancelled, body => body.Text("status") == "running");
        Assert.Equal(HttpStatusCode.OK, (await Cluster.Api(1).PostAsync($"executions/{cancelled}/cancel")).Status);
        Assert.Equal("cancelled", (await Cluster.Api(2).EndOfAsync(cancelled)).Text("status"));
        var again = await Cluster.Api(2).PostAsync($"executions/{cancelled}/retry");
        Assert.True(again.Status == HttpStatusCode.Accepted, again.Body.ToJsonString());
        Assert.Equal("completed", (await Cluster.Api(0).EndOfAsync(again.Body.Text("execution_id"))).Text("status"));

        // Nobody but their owner ran them: no attempt was lost on the way.
        Assert.Empty((await Cluster.Api(0).GetAsync("audit?types=attempt_lost")).Body["events"]!.AsArray());
    }

    private async Task WaitedForAsync()
    {
        var workflow = await Cluster.Api(0).CreateAsync($$$"""{"name":"waited for","steps":[{{{Cluster.SlowStep("ask", 1000)}}}]}""");
        var id = await Cluster.Api(0).StartAsync(workflow);
        var since = Stopwatch.GetTimestamp();
        var answer = await Cluster.Api(2).GetAsync($"executions/{id}/wait?timeout=20000");
        Assert.Equal("completed", answer.Body.Text("status"));
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10), "The other node heard of the end too late.");
    }

    private async Task FollowedAsync()
    {
        var workflow = await Cluster.Api(0).CreateAsync("""{"name":"followed","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"200ms"},{"name":"b","type":"transform","set":{"y":1}}]}""");
        using var stream = await Cluster.Api(2).Http.GetAsync($"workflows/{workflow}/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Cluster.Api(number % 3).StartAsync(workflow)));
        Dictionary<string, List<long>> seen = [];
        var ended = 0;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (ended < ids.Length)
        {
            var line = await reader.ReadLineAsync(enough.Token);
            if (line?.StartsWith("data: ", StringComparison.Ordinal) != true) continue;
            var told = JsonNode.Parse(line[6..])!;
            if (told["seq"] is null || told["execution_id"] is null) continue;
            var id = told.Text("execution_id");
            (seen.TryGetValue(id, out var list) ? list : seen[id] = []).Add(told["seq"]!.GetValue<long>());
            if (told.Text("type") == "execution_completed") ended++;
        }

        // Every event of every execution once and in its order, whichever node committed it.
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        Assert.All(seen.Values, list => Assert.Equal(Enumerable.Range(1, list.Count).Select(number => (long)number), list));
    }

    /// <summary>The one who waits is on another node than the queue, and the execution is the caller's own.</summary>
    private async Task SynchronousAsync()
    {
        var workflow = await Cluster.Api(0).CreateAsync($$$"""{"name":"at once","steps":[{{{Cluster.SlowTask("load", 200)}}}]}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(node => Cluster.Api(node).PostAsync($"workflows/{workflow}/execute", """{"async":false}""")));
        Assert.All(answers, answer => Assert.Equal("completed", answer.Body.Text("status")));
    }

    private async Task PausedSystemAsync()
    {
        var workflow = await Cluster.Api(0).CreateAsync("""{"name":"after the pause","configuration":{"durability":"step"},"steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        Assert.Equal(HttpStatusCode.OK, (await Cluster.Api(1).PostAsync("system/pause", """{"reason":"maintenance"}""")).Status);
        var id = await Cluster.Api(2).StartAsync(workflow);
        Assert.Equal("queued", (await Cluster.Api(0).GetAsync($"executions/{id}")).Body.Text("status"));
        Assert.Equal(HttpStatusCode.OK, (await Cluster.Api(0).PostAsync("system/resume")).Status);
        Assert.Equal("completed", (await Cluster.Api(1).EndOfAsync(id)).Text("status"));
    }

    private async Task ScheduleFiresOnceAsync()
    {
        var workflow = await Cluster.Api(1).CreateAsync("""{"name":"every second","steps":[{"name":"a","type":"transform","set":{"x":1}}],"triggers":[{"type":"schedule","cron":"* * * * * *"}]}""");
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int count;
        do
        {
            Assert.False(enough.IsCancellationRequested, "The schedule did not fire.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            count = (await Cluster.Api(0).GetAsync($"executions?workflow_id={workflow}&limit=100")).Body["total_count"]!.GetValue<int>();
        }
        while (count < 3);

        var started = (await Cluster.Api(0).GetAsync($"executions?workflow_id={workflow}&limit=100")).Body["executions"]!.AsArray().Select(row => row!.Text("created_at")[..19]).ToList();
        Assert.Equal(started.Distinct().Count(), started.Count);
    }
}
