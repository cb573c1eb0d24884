using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>One real engine for all patterns.</summary>
public sealed class PatternEngine : IAsyncLifetime
{
    private EngineHost? _engine;

    internal EngineHost Host => _engine!;

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineHost.StartAsync();
        await _engine.SaveAsync("""{"name":"one","steps":[{"name":"x","type":"transform","value":"{{ input.item }}"}]}""");
        await _engine.SaveAsync("""{"name":"nap","steps":[{"name":"x","type":"delay","duration":"1h"}]}""");
        await _engine.SaveAsync("""{"name":"rest unless zero","steps":[{"name":"c","type":"conditional","conditions":[{"if":"input.item > 0","then":"x"}]},{"name":"x","type":"wait_for_signal"}]}""");
        await _engine.SaveAsync("""{"name":"nap unless first","steps":[{"name":"c","type":"conditional","conditions":[{"if":"input.index > 0","then":"x"}]},{"name":"x","type":"delay","duration":"1h"}]}""");
    }

    public ValueTask DisposeAsync() => _engine!.DisposeAsync();

    /// <summary>Runs steps to the end; says how each ended, and in which order those that completed did.</summary>
    internal async Task<PatternRun> RunAsync(string steps, string input = "{}", string configuration = "{}")
    {
        return await EndAsync(await BeginAsync(steps, input, configuration));
    }

    internal Task<string> BeginAsync(string steps, string input = "{}", string configuration = "{}") =>
        Host.BeginAsync($$"""{"name":"pattern","configuration":{{configuration}},"steps":[{{steps}}]}""", input);

    /// <summary>Looks until all of the steps wait for their signals.</summary>
    internal Task WaitsAsync(string id, params string[] steps) => Host.EventuallyAsync(async context =>
        await context.Steps.CountAsync(row => row.ExecutionId == id && row.Wait == "signal" && steps.Contains(row.Name)) == steps.Length ? "all" : null);

    internal Task<SentSignal> SignalAsync(string id, string signal, string data = "null") =>
        Host.Get<SendSignal>().RunAsync(Engine.Access.Principal.LocalOwner, new SignalRequest(id, signal, JsonNode.Parse(data)));

    internal async Task<PatternRun> EndAsync(string id)
    {
        Assert.NotNull(await Host.Get<WaitForExecution>().RunAsync(Engine.Access.Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        var views = await Host.Get<GetStatus>().StepsAsync(Engine.Access.Principal.LocalOwner, id);
        await using var context = Host.Database.Read();
        var order = await context.Events.Where(row => row.Stream == id && row.Type == "step_completed").OrderBy(row => row.Seq).Select(row => row.StepName!).ToListAsync();
        var status = await Host.StatusAsync(id);
        return new PatternRun(id, status.Status, string.Join(' ', views.Select(view => $"{view.Name}:{view.Status}")), string.Join(' ', order), status.Execution.Output ?? []);
    }
}

internal sealed record PatternRun(string Id, string Status, string Steps, string Order, JsonObject Output);

[CollectionDefinition(Name)]
public sealed class PatternGroup : ICollectionFixture<PatternEngine>
{
    public const string Name = "one engine for the patterns";
}
