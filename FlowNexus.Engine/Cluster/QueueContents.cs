using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Cluster;

/// <summary>What the queues hold by the database, for an activation that begins: after a start, or when the node of the former one is gone.</summary>
internal sealed class QueueContents(EngineDatabase database, TimeProvider time)
{
    /// <summary>Executions that hold a place. What waits for a timer holds none.</summary>
    public async Task<IReadOnlyList<string>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        return await context.Executions
            .Where(row => row.Status == "running" || (row.Status == "paused" && context.Steps.Any(step => step.ExecutionId == row.Id && step.Status == "in_progress")))
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>What is under way has its part of its workflow's limit, also while it waits and takes no place.</summary>
    public async Task<IReadOnlyList<(string Id, ConcurrencyLimit Limit, bool Rests)>> LimitedAsync(CancellationToken cancellationToken)
    {
        string[] underWay = ["running", "waiting", "paused"];
        await using var context = database.Read();
        var active = (await RunningAsync(cancellationToken)).ToHashSet();
        var rows = await context.Executions.Where(row => underWay.Contains(row.Status) && row.LimitPlaces != null).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.WorkflowId, row.LimitPlaces, row.LimitKey }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, new ConcurrencyLimit(row.WorkflowId, row.LimitKey, row.LimitPlaces ?? 1), !active.Contains(row.Id)))];
    }

    /// <summary>In the order of their turn.</summary>
    public async Task<IReadOnlyList<QueueEntry>> QueuedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var now = UnixMicros.Of(time.GetUtcNow());
        var rows = await context.Executions.Where(row => row.Status == "queued" && (row.NotBefore == null || row.NotBefore <= now)).OrderByDescending(row => row.Priority).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Priority, row.WorkflowId, row.LimitPlaces, row.LimitKey }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new QueueEntry(row.Id, row.Priority, row.WorkflowId, row.LimitPlaces is { } places ? new ConcurrencyLimit(row.WorkflowId, row.LimitKey, places) : null))];
    }

    /// <summary>Attempts that agents work on.</summary>
    public async Task<IReadOnlyList<(string TaskId, int Attempt, string AgentId)>> AssignedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var rows = await context.Tasks.Where(row => row.Status == "in_progress" && row.AgentId != null).Select(row => new { row.Id, row.Attempt, row.AgentId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Attempt, row.AgentId!))];
    }
}
