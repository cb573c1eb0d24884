using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions;

public sealed class StubbornStepTests
{
    [Fact]
    public async Task StepTimeout_HoldsForCodeThatIgnoresCancellation_AndItsLateResultIsDiscarded()
    {
        var stubborn = new StubbornStep();
        await using var engine = await EngineHost.StartAsync(stubborn);
        var since = Stopwatch.GetTimestamp();
        var id = await engine.RunAsync("""{"name":"stubborn","steps":[{"name":"a","type":"stubborn","timeout":1}]}""");
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 1, 30);

        await using var context = engine.Database.Read();
        Assert.Equal("failed", (await context.Executions.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken)).Status);
        Assert.Equal("timed_out", (await context.Steps.SingleAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken)).Status);

        var discarded = new TaskCompletionSource();
        using var subscription = engine.Get<Engine.Audit.EventFeed>().Subscribe(row =>
        {
            if (row.Stream == id && row.Type == "attempt_discarded") discarded.TrySetResult();
        });
        stubborn.Finish.SetResult();
        await discarded.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("timed_out", (await context.Steps.SingleAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken)).Status);
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task Cancel_AnswersAtOnce_AndWhatIsReportedWithinTheGraceCounts()
    {
        var stubborn = new StubbornStep();
        await using var engine = await EngineHost.StartAsync("600", stubborn);
        var id = await StartAsync(engine);
        await engine.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, id, "enough");
        var status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, id, includeMetrics: false);
        Assert.Equal(("running", "enough", "user_local"), (status.Status, status.Execution.Cancelling?.Reason, status.Execution.Cancelling?.By));
        Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<ProblemException>(() => engine.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, id, null))).Problem.Code);
        await StoredTruth.CheckAsync(engine.Database);

        stubborn.Finish.SetResult();
        await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, id, includeMetrics: false);
        Assert.Equal(("cancelled", "a"), (status.Status, Assert.Single(status.CompletedSteps).Name));
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task Cancel_FencesOffWhatRunsOnAfterTheGrace()
    {
        var stubborn = new StubbornStep();
        await using var engine = await EngineHost.StartAsync("1", stubborn);
        var id = await StartAsync(engine);
        var discarded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = engine.Get<Engine.Audit.EventFeed>().Subscribe(row =>
        {
            if (row.Stream == id && row.Type == "attempt_discarded") discarded.TrySetResult();
        });
        await engine.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, id, null);
        await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        stubborn.Finish.SetResult();
        await discarded.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, id, includeMetrics: false);
        Assert.Equal(("cancelled", 2, 0), (status.Status, status.FailedSteps.Count, status.CompletedSteps.Count));
        await StoredTruth.CheckAsync(engine.Database);
    }

    private static async Task<string> StartAsync(EngineHost engine)
    {
        var saved = await engine.Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, JsonNode.Parse("""{"name":"stubborn","steps":[{"name":"a","type":"stubborn"},{"name":"b","type":"stubborn"}]}""")!.AsObject());
        return (await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(saved.Row.Id))).Row.Id;
    }

    /// <summary>A step type of somebody's own that ends when the test says, whatever it is told before.</summary>
    private sealed class StubbornStep : StepType, IEffectBehaviour
    {
        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Name => "stubborn";

        public override string Title => "Stubborn";

        public override string Summary => "Goes on whatever it is told.";

        public override StepFamily Family => StepFamily.Code;

        public override JsonObject SettingsSchema { get; } = new() { ["type"] = "object" };

        public override IStepBehaviour Prepare(StepDefinition step) => this;

        public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
        {
            await Finish.Task;
            return StepResult.Completed(new JsonObject { ["done"] = true });
        }
    }
}
