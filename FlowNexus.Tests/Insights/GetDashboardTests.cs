using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Insights;

public sealed class GetDashboardTests
{
    private const string Good = """{"name":"Good","status":"active","triggers":[{"type":"schedule","cron":"0 9 * * 1","time_zone":"Europe/Berlin"}],"steps":[{"name":"a","type":"transform","value":1}]}""";
    private const string Slow = """{"name":"Slow","status":"active","steps":[{"name":"a","type":"delay","duration":"0.3s"}]}""";
    private const string Bad = """{"name":"Bad","status":"active","steps":[{"name":"a","type":"transform","value":"{{ input.nothing.here }}"}]}""";
    private const string Waiting = """{"name":"Waiting","status":"active","steps":[{"name":"a","type":"wait_for_signal"}]}""";

    [Fact]
    public async Task EveryFigure_EqualsARecountOverTheListItLeadsTo()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.RunAsync(Good);
        await engine.RunAsync(Good);
        await engine.RunAsync(Slow);
        var failed = await engine.RunAsync(Bad);
        await engine.BeginAsync(Waiting);
        await engine.EventuallyAsync(async context => await Task.FromResult(context.Executions.FirstOrDefault(row => row.Status == "waiting")));

        var shown = await engine.Get<GetDashboard>().RunAsync(Principal.LocalOwner, "1h");

        Assert.Equal(4, shown.Ended.Value);
        Assert.Equal((await ListAsync(engine, shown)).TotalCount, shown.Ended.Value);
        Assert.Equal((await ListAsync(engine, shown, "failed,timed_out")).TotalCount, shown.Failed.Value);
        var completed = await ListAsync(engine, shown, "completed");
        Assert.Equal(completed.TotalCount / 4d, shown.SuccessRate.Value);
        Assert.Equal(completed.Executions.Max(one => one.Duration!.Value), shown.DurationP95.Value!.Value, 3);
        Assert.False(shown.DurationsAreSampled);
        Assert.Null(shown.Ended.LastWeek);
        Assert.Null(shown.SuccessRate.LastWeek);

        Assert.Equal(12, shown.Buckets.Count);
        Assert.Equal(shown.Ended.Value, shown.Buckets.Sum(bucket => bucket.Ended));
        foreach (var bucket in shown.Buckets)
            Assert.Equal((await engine.Get<FindExecutions>().RunAsync(Principal.LocalOwner, new ExecutionFilter { EndedAfter = bucket.From, EndedBefore = bucket.Until })).TotalCount, bucket.Ended);

        Assert.Equal("Slow", shown.Slowest[0].Name);
        foreach (var workflow in shown.Slowest)
            Assert.Equal((await engine.Get<FindExecutions>().RunAsync(Principal.LocalOwner, new ExecutionFilter { Status = "completed", WorkflowId = workflow.WorkflowId, EndedAfter = shown.From, EndedBefore = shown.Until })).TotalCount, workflow.Completed);
        Assert.Equal(failed, Assert.Single(shown.Failures).ExecutionId);
        Assert.NotNull(shown.Failures[0].Error);
        Assert.Equal((await engine.Get<FindExecutions>().RunAsync(Principal.LocalOwner, new ExecutionFilter { Status = "waiting" })).TotalCount, shown.Waiting.Count);
        Assert.Equal(0, shown.Running.TotalCount);
        Assert.Equal(2, shown.Due.Count); // the workflow was saved twice
        Assert.All(shown.Due, tick => Assert.Equal(("Good", DayOfWeek.Monday, 9), (tick.WorkflowName, tick.At.DayOfWeek, tick.At.Hour)));
    }

    [Fact]
    public async Task Nothing_EverRun_IsNoFigureAtAll()
    {
        await using var engine = await EngineHost.StartAsync();
        var shown = await engine.Get<GetDashboard>().RunAsync(Principal.LocalOwner);

        Assert.Equal((0, null, null), (shown.Ended.Value, shown.SuccessRate.Value, shown.DurationP95.Value));
        Assert.Equal(24, shown.Buckets.Count);
        Assert.All(shown.Buckets, bucket => Assert.Null(bucket.DurationP95));
    }

    [Fact]
    public async Task AnUnknownRange_IsRefused_NamingTheKnown()
    {
        await using var engine = await EngineHost.StartAsync();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => engine.Get<GetDashboard>().RunAsync(Principal.LocalOwner, "1y"));
        Assert.Equal(["1h", "24h", "7d"], refused.Problem.Details[0].Allowed!);
    }

    private static Task<FoundExecutions> ListAsync(EngineHost engine, DashboardView shown, string? status = null) =>
        engine.Get<FindExecutions>().RunAsync(Principal.LocalOwner, new ExecutionFilter { Status = status, EndedAfter = shown.From, EndedBefore = shown.Until });
}
