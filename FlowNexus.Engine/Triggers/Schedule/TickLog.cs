using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>What became of ticks. A tick that starts an execution is recorded by that start itself.</summary>
internal sealed class TickLog(EngineDatabase database, TimeProvider time)
{
    /// <summary>The last recorded tick of each schedule of a workflow, by its key.</summary>
    public async Task<IReadOnlyDictionary<string, TickRow>> LastAsync(string workflowId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Read();
        var keys = await context.Ticks.Where(row => row.WorkflowId == workflowId).Select(row => row.TriggerKey).Distinct().ToListAsync(cancellationToken);
        var last = new Dictionary<string, TickRow>(keys.Count);
        foreach (var key in keys)
            last[key] = await context.Ticks.Where(row => row.WorkflowId == workflowId && row.TriggerKey == key).OrderByDescending(row => row.DueAt).FirstAsync(cancellationToken);
        return last;
    }

    public TickRow Started(string workflowId, ScheduleTrigger schedule, DateTimeOffset due) => Row(workflowId, schedule, due, "started", null);

    /// <summary>One row for all of them, at the last: what comes after it is not dealt with yet.</summary>
    public Task SkipAsync(string workflowId, ScheduleTrigger schedule, SkippedTicks skipped)
    {
        var row = Row(workflowId, schedule, skipped.Last, "skipped", skipped.ToString());
        return WriteAsync(row, "tick_skipped", new { schedule.Key, schedule.Cron, TimeZone = schedule.TimeZone ?? "UTC", DueAt = skipped.Last, Missed = skipped.Count, FirstDueAt = skipped.First });
    }

    public Task RefuseAsync(string workflowId, ScheduleTrigger schedule, DateTimeOffset due, Problem problem)
    {
        var row = Row(workflowId, schedule, due, "refused", $"{problem.Code}: {problem.Message}");
        return WriteAsync(row, "tick_refused", new { schedule.Key, schedule.Cron, TimeZone = schedule.TimeZone ?? "UTC", DueAt = due, problem.Code, problem.Message });
    }

    private Task WriteAsync(TickRow row, string eventType, object details)
    {
        var transition = new Transition();
        transition.InsertIfAbsent(Tables.Ticks, row);
        transition.Tell(WorkflowEvents.Of(eventType, row.WorkflowId, Principal.Scheduler, time.GetUtcNow(), details));
        return database.Journal.CommitAsync(transition);
    }

    private TickRow Row(string workflowId, ScheduleTrigger schedule, DateTimeOffset due, string outcome, string? note) => new()
    {
        WorkflowId = workflowId,
        TriggerKey = schedule.Key,
        DueAt = UnixMicros.Of(due),
        Outcome = outcome,
        Note = note,
        RecordedAt = UnixMicros.Of(time.GetUtcNow()),
    };
}
