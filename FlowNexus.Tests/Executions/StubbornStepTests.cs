using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Steps;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions;

public sealed class StubbornStepTests
{
    [Fact]
    public async Task StepTimeout_HoldsForCodeThatIgnoresCancellation_AndItsLateResultIsDiscarded()
    {
        var skill = new StubbornSkill();
        await using var engine = await EngineHost.StartAsync(skill);
        var since = Stopwatch.GetTimestamp();
        var id = await engine.RunAsync("""{"name":"stubborn","steps":[{"name":"a","type":"agent","timeout":1,"config":{"skill":"stubborn"}}]}""");
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 1, 30);

        await using var context = engine.Database.Read();
        Assert.Equal("failed", (await context.Executions.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken)).Status);
        Assert.Equal("timed_out", (await context.Steps.SingleAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken)).Status);

        var discarded = new TaskCompletionSource();
        using var subscription = engine.Get<Engine.Audit.EventFeed>().Subscribe(row =>
        {
            if (row.Stream == id && row.Type == "attempt_discarded") discarded.TrySetResult();
        });
        skill.Finish.SetResult();
        await discarded.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("timed_out", (await context.Steps.SingleAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken)).Status);
        await StoredTruth.CheckAsync(engine.Database);
    }

    /// <summary>Ends when the test says, whatever it is told before.</summary>
    private sealed class StubbornSkill : ISkill
    {
        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "stubborn";

        public string Title => "Stubborn";

        public string Description => "Goes on whatever it is told.";

        public IReadOnlyList<string> Aliases => [];

        public IReadOnlyList<string> AgentTypes => [];

        public JsonObject SettingsSchema => new() { ["type"] = "object" };

        public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
        {
            await Finish.Task;
            return StepResult.Completed(new JsonObject { ["done"] = true });
        }
    }
}
