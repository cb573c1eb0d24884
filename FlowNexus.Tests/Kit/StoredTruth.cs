using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Kit;

/// <summary>What must be true of any database of ours, whatever happened to the processes that wrote it.</summary>
internal static class StoredTruth
{
    public static async Task CheckAsync(EngineDatabase database)
    {
        await using var context = database.Read();
        var executions = await context.Executions.ToListAsync();
        foreach (var execution in executions) await CheckReplayAsync(context, execution);
        await CheckChainsAsync(database, context);
        await CheckBooksAsync(context, executions);
        await CheckCountersAsync(context, executions);
        Assert.Empty(await context.Timers.Where(timer => context.Executions.Any(row => row.Id == timer.ExecutionId && row.FinishedAt != null)).ToListAsync());
    }

    /// <summary>The stored events alone rebuild the stored state; no step completed twice.</summary>
    public static async Task CheckReplayAsync(FlowNexusDbContext context, ExecutionRow execution)
    {
        var version = await context.Versions.SingleAsync(row => row.WorkflowId == execution.WorkflowId && row.Version == execution.Version);
        var names = JsonNode.Parse(version.Definition)!["steps"]!.AsArray().Select(step => step!["name"]!.GetValue<string>()).ToList();
        var rows = await context.Events.Where(row => row.Stream == execution.Id).OrderBy(row => row.Seq).ToListAsync();
        var events = rows.Select(row => EventPayload.Read(row, name => names.IndexOf(name))).OfType<MachineEvent>().ToList();
        Assert.All(events.Where(one => one.Type == MachineEventType.StepCompleted).GroupBy(one => one.Step), step => Assert.Single(step));

        var replayed = ExecutionMachine.Replay(names.Count, events);
        var stored = ExecutionRows.State(execution, await context.Steps.Where(row => row.ExecutionId == execution.Id).ToListAsync(), await context.Signals.Where(row => row.ExecutionId == execution.Id).OrderBy(row => row.Number).ToListAsync());
        Assert.Equal(stored with { Steps = [], Progress = 0 } with { Steps = replayed.Steps }, replayed with { Progress = 0 });
        Assert.Equal(stored.Steps.Select(step => step with { Progress = 0 }), replayed.Steps.Select(step => step with { Progress = 0 }));
        Assert.Equal((execution.EventSeq, execution.StepsCompleted), (rows.Count, stored.Steps.Count(step => step.Status is Engine.Executions.StepStatus.Completed or Engine.Executions.StepStatus.Skipped)));
    }

    private static async Task CheckChainsAsync(EngineDatabase database, FlowNexusDbContext context)
    {
        var audit = new GetAuditTrail(database);
        foreach (var stream in await context.Events.Select(row => row.Stream).Distinct().ToListAsync())
            Assert.True((await audit.VerifyAsync(Principal.LocalOwner, stream)).Valid, $"The chain of {stream} is broken.");
    }

    private static async Task CheckBooksAsync(FlowNexusDbContext context, List<ExecutionRow> executions)
    {
        var ledger = await context.Ledger.ToListAsync();
        var spent = ledger.Where(row => row.ExecutionId is not null).GroupBy(row => row.ExecutionId!).ToDictionary(one => one.Key, one => -one.Sum(row => row.AmountMicro));
        Assert.All(executions, row => Assert.Equal(spent.GetValueOrDefault(row.Id), row.CreditsMicro));
        foreach (var account in await context.Accounts.ToListAsync())
            Assert.Equal(ledger.Where(row => row.Account == account.Id).Sum(row => row.AmountMicro), account.BalanceMicro);
    }

    private static async Task CheckCountersAsync(FlowNexusDbContext context, List<ExecutionRow> executions)
    {
        foreach (var workflow in await context.Workflows.ToListAsync())
        {
            var own = executions.Where(row => row.WorkflowId == workflow.Id).ToList();
            var completed = own.Where(row => row.Status == "completed").ToList();
            Assert.Equal(own.Count(row => row.StartedAt is not null), workflow.ExecutionsCount);
            Assert.Equal(completed.Count, workflow.CompletedCount);
            Assert.Equal(own.Count(row => row.Status is "failed" or "timed_out"), workflow.FailedCount);
            Assert.Equal(completed.Sum(row => row.FinishedAt - row.StartedAt), workflow.CompletedDuration);
            Assert.Equal(own.Where(row => row.FinishedAt is not null).Sum(row => row.CreditsMicro), workflow.CreditsMicro);
        }

        var done = await context.Events.Where(row => row.Type == "step_completed" && row.AgentId != null).GroupBy(row => row.AgentId!).Select(one => new { one.Key, Count = one.LongCount() }).ToDictionaryAsync(one => one.Key, one => one.Count);
        foreach (var agent in await context.Agents.ToListAsync()) Assert.Equal(done.GetValueOrDefault(agent.Id), agent.Completed);
    }
}
