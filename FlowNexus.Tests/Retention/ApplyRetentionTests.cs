using System.Globalization;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Retention;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Retention;

public abstract class ApplyRetentionTests(Store store)
{
    /// <summary>About a millionth of a second: what has ended is older than that before anybody can look.</summary>
    private const string AtOnce = "0.00000000001";

    private const string ForEver = "0";

    private const string Report = """
        {"name":"report","steps":[
          {"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources"},
          {"name":"data_processing","type":"agent","agent_type":"analyst","description":"Clean and process extracted data"},
          {"name":"report_generation","type":"agent","agent_type":"coder","description":"Generate comprehensive reports"}]}
        """;

    private const string ReportInput = """{"dataset":"small_sample","output_format":"json"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Round_EndedExecution_LeavesASummaryAndAChainThatHolds()
    {
        await using var engine = await StartAsync();
        var id = await engine.RunAsync(Report, ReportInput);
        var before = await engine.StatusAsync(id);
        var files = await engine.Get<GetArtifact>().OfExecutionAsync(Principal.LocalOwner, id);
        var chain = await engine.Get<GetAuditTrail>().VerifyAsync(Principal.LocalOwner, id);

        // Its last lines come in a batch behind it.
        await engine.Get<LogWriter>().FlushAsync(Stop);

        var figures = await engine.Get<ApplyRetention>().RunAsync(Stop);

        Assert.Equal((1, chain.VerifiedUpTo), (figures.Executions, figures.Payloads));
        Assert.Equal((files.Count, files.Sum(file => file.Size)), (figures.Files, figures.FileBytes));
        Assert.Equal(chain, await engine.Get<GetAuditTrail>().VerifyAsync(Principal.LocalOwner, id));
        await using var context = engine.Database.Read();
        Assert.Empty(await context.Steps.Where(row => row.ExecutionId == id).ToListAsync(Stop));
        Assert.Empty(await context.Tasks.Where(row => row.ExecutionId == id).ToListAsync(Stop));
        Assert.Empty(await context.StepLogs.Where(row => row.ExecutionId == id).ToListAsync(Stop));
        Assert.Empty(await context.Events.Where(row => row.Stream == id && row.Payload != null).ToListAsync(Stop));
        var after = await engine.StatusAsync(id);
        Assert.True(before.Retained);
        Assert.False(after.Retained);
        Assert.Equal(before.Execution with { Retained = false, Output = null, Priority = after.Execution.Priority }, after.Execution);
        Assert.Empty(await engine.Get<GetStatus>().StepsAsync(Principal.LocalOwner, id));
        Assert.All(files, file => Assert.True(file.Retained));
        Assert.Equal(files.Select(file => file with { Retained = false }), await engine.Get<GetArtifact>().OfExecutionAsync(Principal.LocalOwner, id));
        foreach (var file in files)
            Assert.Equal(ProblemCodes.ArtifactExpired, (await Assert.ThrowsAsync<ProblemException>(() => engine.Get<GetArtifact>().OpenAsync(Principal.LocalOwner, file.ArtifactId))).Problem.Code);
        Assert.Equal(ProblemCodes.ExecutionExpired, (await Assert.ThrowsAsync<ProblemException>(() => engine.Get<GetStatus>().BodyAsync(Principal.LocalOwner, id, null))).Problem.Code);
    }

    [Fact]
    public async Task Round_ThatTookSomething_IsOneAuditEventAndTheNextTakesNothing()
    {
        await using var engine = await StartAsync();
        await engine.RunAsync("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");

        await engine.Get<ApplyRetention>().RunAsync(Stop);
        var second = await engine.Get<ApplyRetention>().RunAsync(Stop);

        Assert.True(second.IsNothing);
        await using var context = engine.Database.Read();
        var told = await context.Events.SingleAsync(row => row.Stream == ApplyRetention.Stream, Stop);
        Assert.Equal("retention_applied", told.Type);
        Assert.Contains("\"executions\":1,", told.Payload, StringComparison.Ordinal);
        var workflow = await context.Workflows.SingleAsync(row => row.Name == "w", Stop);
        Assert.Equal((1, 1), (workflow.ExecutionsCount, workflow.CompletedCount));
    }

    [Fact]
    public async Task Round_ChildOfARunningParent_WaitsUntilTheParentHasEnded()
    {
        await using var engine = await StartAsync();
        await engine.SaveAsync("""{"name":"child","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        var parent = await engine.BeginAsync("""{"name":"parent","steps":[{"name":"call","type":"sub_workflow","workflow":"child"},{"name":"go","type":"wait_for_signal","signal":"go"}]}""");
        await engine.EventuallyAsync(context => context.Steps.Where(row => row.ExecutionId == parent && row.Wait == "signal").FirstOrDefaultAsync(Stop));

        Assert.True((await engine.Get<ApplyRetention>().RunAsync(Stop)).IsNothing);
        await SignalAsync(engine, parent);

        Assert.Equal(2, (await engine.Get<ApplyRetention>().RunAsync(Stop)).Executions);
    }

    [Fact]
    public async Task Round_RetriedExecution_KeepsWhatItsRetryTookOverUntilThatHasEnded()
    {
        await using var engine = await StartAsync();
        var first = await engine.BeginAsync("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"go","type":"wait_for_signal","signal":"go"}]}""");
        await engine.EventuallyAsync(context => context.Steps.Where(row => row.ExecutionId == first && row.Wait == "signal").FirstOrDefaultAsync(Stop));
        await engine.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, first, null);
        await EndAsync(engine, first);
        var retry = (await engine.Get<RetryExecution>().RunAsync(Principal.LocalOwner, new RetryRequest(first))).Row.Id;
        await engine.EventuallyAsync(context => context.Steps.Where(row => row.ExecutionId == retry && row.Wait == "signal").FirstOrDefaultAsync(Stop));

        Assert.True((await engine.Get<ApplyRetention>().RunAsync(Stop)).IsNothing);
        await SignalAsync(engine, retry);

        Assert.Equal(2, (await engine.Get<ApplyRetention>().RunAsync(Stop)).Executions);
        Assert.Equal(ProblemCodes.ExecutionExpired, (await Assert.ThrowsAsync<ProblemException>(() => engine.Get<RetryExecution>().RunAsync(Principal.LocalOwner, new RetryRequest(first)))).Problem.Code);
    }

    [Fact]
    public async Task Round_KindsOfDifferentAges_GoEachAtItsOwn()
    {
        await using var engine = await StartAsync(("EventsDays", "30"), ("ArtifactsDays", ForEver));
        var id = await engine.RunAsync(Report, ReportInput);

        var figures = await engine.Get<ApplyRetention>().RunAsync(Stop);

        Assert.Equal((1, 0), (figures.Executions, figures.Payloads));
        await using var context = engine.Database.Read();
        Assert.DoesNotContain(await context.Events.Where(row => row.Stream == id).ToListAsync(Stop), row => row.Payload is null);
        var file = (await engine.Get<GetArtifact>().OfExecutionAsync(Principal.LocalOwner, id))[0];
        await using var content = (await engine.Get<GetArtifact>().OpenAsync(Principal.LocalOwner, file.ArtifactId)).Content;
        Assert.Equal(file.Size, content.Length);
    }

    [Fact]
    public async Task Round_LargeExecutionCutShort_IsFinishedByTheNext()
    {
        await using var engine = await StartAsync();
        const int items = PruneWriting.Chunk * 2;
        var id = await engine.RunAsync("""{"name":"loop","steps":[{"name":"each","type":"for_each","items":{"from":1,"to":COUNT},"step":{"type":"transform","value":"{{ item }}"}}]}"""
            .Replace("COUNT", items.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var expired = new ExpiredExecution(id, 0, null, false, Pruned.Nothing, 0, null) { Iterations = items };
        await engine.Database.Journal.CommitAsync(PruneWriting.Of(expired, Pruned.Rows).First());
        Assert.False((await engine.StatusAsync(id)).Retained);

        await engine.Get<ApplyRetention>().RunAsync(Stop);

        await using var context = engine.Database.Read();
        Assert.Empty(await context.Iterations.ToListAsync(Stop));
        Assert.Equal((int)(Pruned.Rows | Pruned.Events | Pruned.Files), await context.Executions.Where(row => row.Id == id).Select(row => row.Pruned).SingleAsync(Stop));
        Assert.True((await engine.Get<GetAuditTrail>().VerifyAsync(Principal.LocalOwner, id)).Valid);
    }

    [Fact]
    public async Task Round_OldTicks_KeepsTheLastOfEachSchedule()
    {
        await using var engine = await StartAsync(("TicksDays", "30"));
        var now = UnixMicros.Of(TimeProvider.System.GetUtcNow());
        var old = now - (long)TimeSpan.FromDays(31).TotalMicroseconds;
        var transition = new Transition();
        foreach (var (workflow, due, recorded) in new[] { ("a", 1, old), ("a", 2, old), ("a", 3, now), ("b", 1, old), ("b", 2, old) })
            transition.Insert(Tables.Ticks, new TickRow { WorkflowId = workflow, TriggerKey = "k", DueAt = due, Outcome = "started", RecordedAt = recorded });
        await engine.Database.Journal.CommitAsync(transition);

        var figures = await engine.Get<ApplyRetention>().RunAsync(Stop);

        Assert.Equal(3, figures.Ticks);
        await using var context = engine.Database.Read();
        Assert.Equal([("a", 3), ("b", 2)], (await context.Ticks.OrderBy(row => row.WorkflowId).ToListAsync(Stop)).Select(row => (row.WorkflowId, row.DueAt)));
    }

    private static async Task SignalAsync(EngineHost engine, string executionId)
    {
        await engine.Get<SendSignal>().RunAsync(Principal.LocalOwner, new SignalRequest(executionId, "go"));
        await EndAsync(engine, executionId);
    }

    private static async Task EndAsync(EngineHost engine, string executionId) =>
        Assert.NotNull(await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, executionId, TimeSpan.FromSeconds(60), Stop));

    private async Task<EngineHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["FlowNexus:Database:ConnectionString"] = await Postgres.FreshAsync(store),
            ["FlowNexus:Retention:ExecutionsDays"] = AtOnce,
            ["FlowNexus:Retention:EventsDays"] = AtOnce,
            ["FlowNexus:Retention:ArtifactsDays"] = AtOnce,
        };
        foreach (var (key, value) in settings) all[$"FlowNexus:Retention:{key}"] = value;
        return await EngineHost.StartAsync(all);
    }
}

public sealed class SqliteApplyRetentionTests() : ApplyRetentionTests(Store.Sqlite);

public sealed class PostgresApplyRetentionTests() : ApplyRetentionTests(Store.Postgres);
