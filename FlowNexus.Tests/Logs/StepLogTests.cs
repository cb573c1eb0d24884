using FlowNexus.Engine.Access;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Logs;

public sealed class StepLogTests
{
    private const string Workflow = """{"name":"talks","steps":[{"name":"a","type":"talk","lines":LINES},{"name":"b","type":"talk","lines":2}]}""";

    [Fact]
    public async Task Lines_OfAnAttempt_AreThereOnceItHasEnded()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        var id = await engine.RunAsync(Workflow.Replace("LINES", "3", StringComparison.Ordinal));
        var found = await FindAsync(engine, id, new LogFilter());
        Assert.Equal(["a line 0", "a line 1", "a line 2", "b line 0", "b line 1"], found.Logs.Where(line => line.Message.Contains("line", StringComparison.Ordinal)).Select(line => $"{line.Step} {line.Message}"));
        Assert.All(found.Logs, line => Assert.Equal(1, line.Attempt));
        Assert.Equal(found.Logs.Select(line => line.Id).Order(), found.Logs.Select(line => line.Id));
        Assert.Contains(found.Logs, line => line.Message.StartsWith("Completed in", StringComparison.Ordinal) && line.Fields!.Value.GetProperty("duration_ms").GetDouble() >= 0);
    }

    [Fact]
    public async Task Lines_MoreThanAnAttemptKeeps_AreCountedInTheLastOne()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        var id = await engine.RunAsync(Workflow.Replace("LINES", "12000", StringComparison.Ordinal));
        await using var context = engine.Database.Read();
        var last = (await FindAsync(engine, id, new LogFilter { Step = "a", Before = long.MaxValue, Limit = 1 })).Logs.Single();

        // The engine's own last line found no room either.
        Assert.Equal(("warning", "2,001 more lines were dropped: one attempt keeps 10,000."), (last.Level, last.Message));
        Assert.Equal(10_001, context.StepLogs.Count(row => row.ExecutionId == id && row.StepName == "a"));
        Assert.Equal("line 0", (await FindAsync(engine, id, new LogFilter { Step = "b" })).Logs[0].Message);
    }

    [Fact]
    public async Task Find_ByStepLevelTextAndPage_GivesThoseLines()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        var id = await engine.RunAsync(Workflow.Replace("LINES", "250", StringComparison.Ordinal));
        var first = await FindAsync(engine, id, new LogFilter { Step = "a", Limit = 100 });
        var second = await FindAsync(engine, id, new LogFilter { Step = "a", Limit = 100, After = first.Logs[^1].Id });
        var back = await FindAsync(engine, id, new LogFilter { Step = "a", Limit = 100, Before = second.Logs[0].Id });
        Assert.True(first.HasMore && second.HasMore && !back.HasMore);
        Assert.Equal(("line 0", "line 100"), (first.Logs[0].Message, second.Logs[0].Message));
        Assert.Equal(first.Logs.Select(line => line.Id), back.Logs.Select(line => line.Id));

        Assert.Equal(["line 249"], (await FindAsync(engine, id, new LogFilter { Search = "LINE 249" })).Logs.Select(line => line.Message));
        Assert.Equal(["line 123"], (await FindAsync(engine, id, new LogFilter { Search = "\"number\":123" })).Logs.Select(line => line.Message));
        Assert.Empty((await FindAsync(engine, id, new LogFilter { Search = "line%249" })).Logs);
        Assert.All((await FindAsync(engine, id, new LogFilter { Level = "warning", Step = "a" })).Logs, line => Assert.Equal("warning", line.Level));
        Assert.Equal(25, (await FindAsync(engine, id, new LogFilter { Level = "warning", Step = "a" })).Logs.Count);
        Assert.Empty((await FindAsync(engine, id, new LogFilter { Attempt = 2 })).Logs);
    }

    [Fact]
    public async Task Find_Nonsense_IsRefused()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        Assert.Equal(ProblemCodes.ExecutionNotFound, (await Assert.ThrowsAsync<ProblemException>(() => FindAsync(engine, "exec_none", new LogFilter()))).Problem.Code);
        var id = await engine.RunAsync(Workflow.Replace("LINES", "1", StringComparison.Ordinal));
        Assert.Equal(ProblemCodes.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => FindAsync(engine, id, new LogFilter { Level = "loud" }))).Problem.Code);
        Assert.Equal(ProblemCodes.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => FindAsync(engine, id, new LogFilter { Limit = 1001 }))).Problem.Code);
    }

    [Fact]
    public async Task Watch_FromAPosition_GivesTheRestOnceAndEndsWithTheExecution()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        var id = await engine.RunAsync(Workflow.Replace("LINES", "1200", StringComparison.Ordinal));
        var start = (await FindAsync(engine, id, new LogFilter { Limit = 10 })).Logs[^1].Id;
        List<long> seen = [];
        await foreach (var lines in await engine.Get<WatchLogs>().RunAsync(Principal.LocalOwner, id, new LogFilter { After = start }, TestContext.Current.CancellationToken)) seen.AddRange(lines.Select(line => line.Id));
        await using var context = engine.Database.Read();
        Assert.Equal(context.StepLogs.Where(row => row.ExecutionId == id && row.Position > start).OrderBy(row => row.Position).Select(row => row.Position), seen);
    }

    [Fact]
    public async Task Watch_OfARunningStep_SeesALineBeforeTheStepEnds()
    {
        var step = new TalkStep { Hold = new TaskCompletionSource() };
        await using var engine = await EngineHost.StartAsync(step);
        var id = await engine.BeginAsync("""{"name":"talks","steps":[{"name":"a","type":"talk","lines":1}]}""");
        List<string> seen = [];
        await foreach (var lines in await engine.Get<WatchLogs>().RunAsync(Principal.LocalOwner, id, new LogFilter(), TestContext.Current.CancellationToken))
        {
            seen.AddRange(lines.Select(line => line.Message));
            if (seen.Contains("line 0")) step.Hold.TrySetResult();
        }

        Assert.Equal("line 0", seen[0]);
        Assert.StartsWith("Completed in", seen[1], StringComparison.Ordinal);
    }

    private static Task<FoundLogs> FindAsync(EngineHost engine, string id, LogFilter filter) => engine.Get<FindLogs>().RunAsync(Principal.LocalOwner, id, filter, TestContext.Current.CancellationToken);
}
