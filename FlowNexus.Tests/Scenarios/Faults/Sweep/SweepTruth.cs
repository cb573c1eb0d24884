using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>What the data says after all those deaths.</summary>
internal static class SweepTruth
{
    private static readonly HashSet<string> Ends = ["step_completed", "step_skipped"];

    /// <returns>How many attempts were lost.</returns>
    public static async Task<int> CheckAsync(string folder, string? connectionString, CommitSweep sweep, EffectLog effects)
    {
        using var data = DataFolder.Open(folder, folder);
        using var database = EngineDatabase.Open(data, connectionString, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        var executions = await context.Executions.ToListAsync();
        Assert.All(executions, row => Assert.Equal("completed", row.Status));
        Assert.Equal(sweep.Started, executions.Count(row => row.IdempotencyKey is not null && row.ParentId is null));
        Assert.All(executions, row => Assert.False(row.Awaited && row.FinishedAt is null));
        Assert.Empty(await context.Timers.ToListAsync());
        Assert.All(await context.Tasks.ToListAsync(), task => Assert.True(task.Status is "completed" or "skipped", $"{task.StepName} of {task.ExecutionId} is {task.Status}"));

        var lost = 0;
        foreach (var row in executions)
        {
            var events = await context.Events.Where(one => one.Stream == row.Id).OrderBy(one => one.Seq).ToListAsync();
            Assert.Equal(Enumerable.Range(1, events.Count).Select(seq => (long)seq), events.Select(one => one.Seq));
            NothingAfterItsEnd(events);
            await LedgerFitsAsync(context, row, events);
            EffectsFit(row, events, effects);
            lost += events.Count(one => one.Type is "attempt_lost" or "item_lost");
        }

        return lost;
    }

    /// <summary>A step whose result is committed does not begin again.</summary>
    private static void NothingAfterItsEnd(List<EventRow> events)
    {
        foreach (var step in events.Where(one => one.StepName is not null).GroupBy(one => one.StepName))
            Assert.DoesNotContain(step.SkipWhile(one => !Ends.Contains(one.Type)).Skip(1), one => one.Type is "step_started" or "step_completed" or "attempt_lost");
    }

    /// <summary>Each attempt by an agent is charged once, each lost one refunded.</summary>
    private static async Task LedgerFitsAsync(FlowNexusDbContext context, ExecutionRow execution, List<EventRow> events)
    {
        var ledger = await context.Ledger.Where(row => row.ExecutionId == execution.Id).ToListAsync();
        var attempts = events.Count(one => one is { Type: "step_started", AgentId: not null });
        Assert.Equal(attempts, ledger.Count(row => row.Kind == "charge"));
        Assert.Equal(attempts, ledger.Where(row => row.Kind == "charge").Select(row => (row.StepName, row.Attempt)).Distinct().Count());
        Assert.Equal(events.Count(one => one is { Type: "attempt_lost", AgentId: not null }), ledger.Count(row => row.Kind == "refund"));
    }

    /// <summary>A call outside is made at least once for a completed step, and never more often than attempts were begun.</summary>
    private static void EffectsFit(ExecutionRow execution, List<EventRow> events, EffectLog effects)
    {
        var calls = effects.Calls.Where(call => call.Key.StartsWith(execution.Id + ":", StringComparison.Ordinal)).ToList();
        foreach (var step in calls.GroupBy(call => call.Key.Split(':')[1]))
        {
            var own = events.Where(one => one.StepName == step.Key).ToList();
            var keys = step.Count();
            var repeats = own.Count(one => one.Type is "attempt_lost" or "item_lost" or "step_retrying" or "item_retrying");
            Assert.True(step.Sum(call => call.Value) <= keys + repeats, $"{string.Join(", ", step)} for {repeats} attempts that were lost or failed.");
        }

        foreach (var done in events.Where(one => one is { Type: "step_completed", StepName: "call" or "flaky" or "all" }))
            Assert.Contains(calls, call => call.Key == $"{execution.Id}:{done.StepName}:0");
    }
}
