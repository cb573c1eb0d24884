using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>
/// Starts one execution after the other on the same data and lets the process die at a chosen commit of each. The next
/// process takes over what the one before left, and has finished it before its own execution begins.
/// </summary>
internal sealed class CommitSweep(string folder, string? connectionString, EffectLog effects)
{
    private readonly Dictionary<string, string> _workflows = [];
    private readonly List<(string Shape, string Key)> _started = [];
    private readonly string[] _settings =
    [
        "--FlowNexus:Http:AllowedHosts:0=127.0.0.1",
        .. connectionString is null ? Array.Empty<string>() : [$"--FlowNexus:Database:ConnectionString={connectionString}"],
    ];

    public int Started => _started.Count;

    public int Deaths { get; private set; }

    public async Task CreateWorkflowsAsync()
    {
        await using var server = await ServerProcess.StartAsync(folder, _settings);
        using var api = new ApiClient(server.Address);
        await api.CreateAsync(Shapes.Child.Replace("EFFECTS", effects.Address, StringComparison.Ordinal));
        foreach (var shape in Shapes.Names) _workflows[shape] = await api.CreateAsync(Shapes.Definition(shape, effects.Address));
        await server.KillAsync();
    }

    /// <summary>Every commit of a shape, until an execution has fewer than that.</summary>
    /// <returns>How many commits there were to die at.</returns>
    public async Task<int> WholeAsync(string shape, Moment moment)
    {
        for (var commit = 1; ; commit++)
            if (!await DieAsync(shape, new Death(moment, commit))) return commit - 1;
    }

    /// <summary>Starts an execution in a process that dies so.</summary>
    /// <returns>False when the execution ended without reaching that commit.</returns>
    public async Task<bool> DieAsync(string shape, Death death)
    {
        var trigger = Path.Combine(folder, $"trigger-{_started.Count}");
        await using var server = await ServerProcess.StartAsync(folder, _settings, death.Environment(trigger));
        using var api = new ApiClient(server.Address);
        await FinishAsync(server, api);
        await File.WriteAllTextAsync(trigger, "");
        _started.Add((shape, $"{shape} {_started.Count}"));
        try
        {
            var id = await StartAsync(api, _started[^1]);
            await api.EndOfAsync(id);
            await api.GetAsync($"executions/{id}");
            if (!server.IsGone) return false;
        }
        catch (Exception dead) when (dead is HttpRequestException or IOException)
        {
            await server.Gone.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        Deaths++;
        return true;
    }

    /// <summary>Lets an ordinary server finish what is left; leaves the data closed.</summary>
    public async Task FinishAsync()
    {
        await using var server = await ServerProcess.StartAsync(folder, _settings);
        using var api = new ApiClient(server.Address);
        await FinishAsync(server, api);
        foreach (var queue in (await api.GetAsync("queues")).Body["queues"]!.AsArray())
            Assert.Equal((0, 0), (queue!["pending_messages"]!.GetValue<int>(), queue["processing_messages"]!.GetValue<int>()));
        await server.KillAsync();
    }

    /// <summary>Whoever saw its connection break asks again with its key, and gets the execution it asked for.</summary>
    private async Task FinishAsync(ServerProcess server, ApiClient api)
    {
        if (_started.Count == 0) return;
        var id = await StartAsync(api, _started[^1]);
        var end = await api.EndOfAsync(id, rounds: 6);
        Assert.True(end.Text("status") == "completed", $"{_started[^1].Key}: {end}\n{(await api.GetAsync($"executions/{id}/steps")).Body}\n{server.Output}");
    }

    private async Task<string> StartAsync(ApiClient api, (string Shape, string Key) started)
    {
        var answer = await api.PostAsync($"workflows/{_workflows[started.Shape]}/execute", """{"input_data":{"n":1,"dataset":"small_sample"},"async":true}""", ("Idempotency-Key", started.Key));
        Assert.True((int)answer.Status is 200 or 202, answer.Body.ToJsonString());
        return answer.Body.Text("execution_id");
    }
}
