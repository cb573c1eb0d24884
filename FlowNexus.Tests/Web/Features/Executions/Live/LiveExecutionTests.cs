using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;
using FlowNexus.Web.Features.Executions.Live;
using FlowNexus.Web.Ui.Canvas;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Web.Features.Executions.Live;

public sealed class LiveExecutionTests
{
    private const string Busy = """
        {"name":"busy","status":"active","steps":[
            {"name":"first","type":"transform","depends_on":[],"value":{"n":3}},
            {"name":"wait","type":"delay","duration":"0.3s","depends_on":["first"]},
            {"name":"broken","type":"broken","depends_on":["first"],"retry_attempts":2,"on_error":"rescue"},
            {"name":"choose","type":"conditional","depends_on":["wait"],"conditions":[{"if":"steps.first.output.n > 1","then":"many","else":"few"}]},
            {"name":"many","type":"transform","value":1},
            {"name":"few","type":"transform","value":2},
            {"name":"rescue","type":"transform","value":3}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A page that followed from the start shows what one shows that is opened at the end: nothing is missing and nothing is there twice.</summary>
    [Fact]
    public async Task FollowedFromTheStart_ItIsWhatOneOpenedAtTheEndIs()
    {
        await using var engine = await EngineHost.StartAsync(new BrokenStep());
        var watching = Watching(engine);
        var id = await engine.BeginAsync(Busy);
        var marks = new ConcurrentDictionary<string, CanvasStatus>();
        var ended = new TaskCompletionSource();
        LiveWatch? watch = null;
        using (watch = await watching.WatchAsync(id, Take))
        {
            foreach (var mark in watch.Live.Statuses) marks.TryAdd(mark.Id, mark);
            if (!watch.Live.HasEnded) await Task.WhenAny(ended.Task, Task.Delay(Patience, TestContext.Current.CancellationToken));
            Assert.True(watch.Live.HasEnded, string.Join(", ", watch.Live.Steps.Select(step => $"{step.Name} {step.Status} {step.Attempt}").Concat(watch.Live.LastEvents(5).Select(one => $"{one.Type} {one.Step} {one.Words}"))) + (await engine.StatusAsync(id)).Status);
            var fresh = new LiveExecution(id, engine.Get<FollowExecution>(), engine.Get<GetAuditTrail>(), engine.Get<GetArtifact>(), engine.Get<StepCatalogue>(), TimeProvider.System);
            await fresh.OpenAsync();
            await SettledAsync(watch.Live, fresh.EventCount);

            Assert.Equal(Enumerable.Range(1, fresh.EventCount).Select(number => (long)number), watch.Live.LastEvents(1000).Select(one => one.Seq));
            Assert.Equal(fresh.LastEvents(1000), watch.Live.LastEvents(1000));
            Assert.Equal(fresh.Steps.Select(step => (step.Name, step.Status, step.Attempt, step.FinishedAt)), watch.Live.Steps.Select(step => (step.Name, step.Status, step.Attempt, step.FinishedAt)));
            Assert.Equal(fresh.Graph.Edges, watch.Live.Graph.Edges);
            Assert.Equal(fresh.Statuses.OrderBy(one => one.Id), watch.Live.Statuses.OrderBy(one => one.Id));
            Assert.Equal(fresh.HistoryOf("broken")!.Attempts, watch.Live.HistoryOf("broken")!.Attempts);
            Assert.Equal(3, fresh.HistoryOf("broken")!.Attempts.Count);
            Assert.All(fresh.HistoryOf("broken")!.Attempts, attempt => Assert.Equal("failed", attempt.Outcome));
            Assert.Equal("skipped", watch.Live.TryGet("few")!.Status);
            Assert.Equal("taken", watch.Live.Graph.Edges.Single(edge => edge is { Kind: "error" }).Path);

            // What was sent on the way adds up to what there is.
            Assert.Equal(fresh.Statuses.OrderBy(one => one.Id), marks.Values.OrderBy(one => one.Id));
        }

        Assert.Equal(0, watching.Count);

        void Take(LiveChange change)
        {
            foreach (var mark in change.Marks) marks[mark.Id] = mark;
            if (watch?.Live.HasEnded == true) ended.TrySetResult();
        }
    }

    [Fact]
    public async Task ManyWatchers_ShareOneReading_AndItEndsWithTheLast()
    {
        await using var engine = await EngineHost.StartAsync();
        var watching = Watching(engine);
        var id = await engine.BeginAsync("""{"name":"w","status":"active","steps":[{"name":"ask","type":"wait_for_signal","signal":"go"}]}""");
        await engine.EventuallyAsync(async context => await Task.FromResult(context.Executions.FirstOrDefault(row => row.Id == id && row.Status == "waiting")));
        var told = new TaskCompletionSource[2] { new(), new() };
        LiveExecution? live = null;
        var one = await watching.WatchAsync(id, _ => Tell(0));
        var other = await watching.WatchAsync(id, _ => Tell(1));
        live = one.Live;
        Assert.Same(one.Live, other.Live);
        Assert.Equal(1, watching.Count);

        await engine.Get<SendSignal>().RunAsync(Principal.LocalOwner, new SignalRequest(id, "go", null));
        await Task.WhenAll(told.Select(task => task.Task)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("completed", live.Execution!.Status);
        one.Dispose();
        one.Dispose();
        Assert.Equal(1, watching.Count);
        other.Dispose();
        Assert.Equal(0, watching.Count);

        void Tell(int watcher)
        {
            if (live?.HasEnded == true) told[watcher].TrySetResult();
        }
    }

    [Fact]
    public async Task AnExecutionNobodyKnows_IsRefused_AndNotWatched()
    {
        await using var engine = await EngineHost.StartAsync();
        var watching = Watching(engine);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => watching.WatchAsync("exec_nowhere", _ => { }));
        Assert.Equal(ProblemCodes.ExecutionNotFound, refused.Problem.Code);
        Assert.Equal(0, watching.Count);
    }

    /// <summary>A page says how long is left only once there is something to know it from.</summary>
    [Fact]
    public async Task UsualLength_IsMeasured_OrUnknown()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""{"name":"w","status":"active","steps":[{"name":"a","type":"delay","duration":"0.1s"}]}""");
        for (var i = 0; i < 4; i++)
        {
            var id = (await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(workflow))).Row.Id;
            await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, Patience, TestContext.Current.CancellationToken);
            var usual = (await engine.Get<FollowExecution>().OpenAsync(Principal.LocalOwner, id)).UsualLength;
            if (i < 3) Assert.Null(usual);
            else Assert.True(usual >= TimeSpan.FromSeconds(.1));
        }
    }

    private static LiveExecutions Watching(EngineHost engine) => new(engine.Get<FollowExecution>(), engine.Get<GetAuditTrail>(), engine.Get<GetArtifact>(), engine.Get<StepCatalogue>(), engine.Get<EventFeed>(), TimeProvider.System, NullLogger<LiveExecutions>.Instance);

    private static async Task SettledAsync(LiveExecution live, int events)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (live.EventCount < events)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"It knows {live.EventCount} of {events} events.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    private sealed class BrokenStep : StepType, IEffectBehaviour
    {
        public override string Name => "broken";

        public override string Title => "Broken";

        public override string Summary => "Fails, and may be tried again.";

        public override StepFamily Family => StepFamily.Code;

        public override JsonObject SettingsSchema { get; } = [];

        public override IStepBehaviour Prepare(StepDefinition step) => this;

        public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
            Task.FromResult(StepResult.Failed(new Problem(ProblemCodes.ValidationFailed, "It broke."), retryable: true));
    }
}
