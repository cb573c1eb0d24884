using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Scenarios.Soak;

/// <summary>Callers that each do one kind of thing over and over: short ones, loops, sub-workflows, agents, timers, signals, failures with retries, cancels, and readers.</summary>
internal sealed class MixedLoad : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ApiClient _api;
    private readonly Task _callers;
    private long _done;

    private MixedLoad(ApiClient api, IEnumerable<Func<ApiClient, Task>> kinds)
    {
        _api = api;
        var callers = kinds.Select(kind => Task.Run(() => RepeatAsync(kind))).ToList();
        _callers = Task.WhenAll(callers);
        Failed = Task.WhenAny(callers).Unwrap();
    }

    /// <summary>Ends, with its failure, when one of the callers does.</summary>
    public Task Failed { get; }

    public long Done => Interlocked.Read(ref _done);

    public static async Task<MixedLoad> StartAsync(Uri address)
    {
        var api = new ApiClient(address);
        var quick = await api.CreateAsync("""{"name":"quick","steps":[{"name":"a","type":"transform","set":{"x":"{{ input.n + 1 }}"}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x * 2 }}"}},{"name":"c","type":"transform","set":{"z":3}}]}""");
        var child = await api.CreateAsync("""{"name":"child","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        var family = await api.CreateAsync("""{"name":"family","steps":[{"name":"call","type":"sub_workflow","workflow":"child"},{"name":"each","type":"for_each","items":{"from":1,"to":20},"concurrency":5,"workflow":"child"}]}""");
        var loop = await api.CreateAsync("""{"name":"loop","steps":[{"name":"each","type":"for_each","items":{"from":1,"to":200},"step":{"type":"transform","set":{"y":"{{ item * 2 }}"}}}]}""");
        var report = await api.CreateAsync("""{"name":"report","steps":[{"name":"extract","type":"agent","agent_type":"researcher","description":"Extract data"},{"name":"report","type":"agent","agent_type":"coder","description":"Generate a report"}]}""");
        var nap = await api.CreateAsync("""{"name":"nap","steps":[{"name":"nap","type":"delay","duration":"500ms"},{"name":"b","type":"transform","set":{"y":1}}]}""");
        var wait = await api.CreateAsync("""{"name":"wait","steps":[{"name":"go","type":"wait_for_signal"},{"name":"b","type":"transform","set":{"y":1}}]}""");
        var fail = await api.CreateAsync("""{"name":"fail","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":"{{ input.missing }}"}}]}""");
        return new MixedLoad(api,
        [
            one => RunAsync(one, quick, "completed"),
            one => RunAsync(one, quick, "completed"),
            one => RunAsync(one, family, "completed"),
            one => RunAsync(one, loop, "completed"),
            one => RunAsync(one, report, "completed"),
            one => RunAsync(one, nap, "completed"),
            one => SignalAsync(one, wait),
            one => CancelAsync(one, wait),
            one => RetryAsync(one, fail),
            one => ReadAsync(one, quick),
            one => ReadAsync(one, child),
        ]);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _callers;
    }

    public void Dispose()
    {
        _api.Dispose();
        _stop.Dispose();
    }

    private async Task RepeatAsync(Func<ApiClient, Task> kind)
    {
        while (!_stop.IsCancellationRequested)
        {
            await kind(_api);
            Interlocked.Increment(ref _done);
        }
    }

    private static async Task<string> RunAsync(ApiClient api, string workflow, string expected)
    {
        var answer = await api.PostAsync($"workflows/{workflow}/execute", """{"input_data":{"n":1,"dataset":"small_sample","output_format":"json"},"async":false,"timeout":60000}""");
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Body.Text("status") == expected, answer.Body.ToJsonString());
        return answer.Body.Text("execution_id");
    }

    private static async Task SignalAsync(ApiClient api, string workflow)
    {
        var id = await api.StartAsync(workflow);
        await api.UntilAsync(id, body => body.Text("status") == "waiting");
        var sent = await api.PostAsync($"executions/{id}/signals/go", """{"data":{"ok":true}}""");
        Assert.True(sent.Status is HttpStatusCode.OK or HttpStatusCode.Accepted, sent.Body.ToJsonString());
        Assert.Equal("completed", (await api.EndOfAsync(id)).Text("status"));
    }

    private static async Task CancelAsync(ApiClient api, string workflow)
    {
        var id = await api.StartAsync(workflow);
        var sent = await api.PostAsync($"executions/{id}/cancel");
        Assert.True(sent.Status == HttpStatusCode.OK, sent.Body.ToJsonString());
        Assert.Equal("cancelled", (await api.EndOfAsync(id)).Text("status"));
    }

    private static async Task RetryAsync(ApiClient api, string workflow)
    {
        var retry = await api.PostAsync($"executions/{await RunAsync(api, workflow, "failed")}/retry");
        Assert.True(retry.Status == HttpStatusCode.Accepted, retry.Body.ToJsonString());
        Assert.Equal("failed", (await api.EndOfAsync(retry.Body.Text("execution_id"))).Text("status"));
    }

    private static async Task ReadAsync(ApiClient api, string workflow)
    {
        foreach (var path in new[] { "executions?limit=50", $"executions?workflow_id={workflow}&status=completed&limit=20", $"audit?workflow_id={workflow}&limit=100", "workflows", "queues" })
        {
            var answer = await api.GetAsync(path);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Body.ToJsonString()}");
        }
    }
}
