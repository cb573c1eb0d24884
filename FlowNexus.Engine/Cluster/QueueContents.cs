using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Cluster;

/// <summary>What the queues hold by the database, for an activation that begins: after a start, or when the node of the former one is gone.</summary>
internal sealed class QueueContents(EngineDatabase database, TimeProvider time)
{
    /// <summary>Executions under way that hold a place, a part of their workflow's limit, or both. What waits for a timer holds no place.</summary>
    public async Task<IReadOnlyList<UnderWay>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var rows = await context.Executions
            .Where(row => row.Status == "running" || row.Status == "paused" || (row.Status == "waiting" && row.LimitPlaces != null))
            .OrderBy(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.WorkflowId,
                row.LimitPlaces,
                row.LimitKey,
                HoldsPlace = row.Status == "running" || (row.Status == "paused" && context.Steps.Any(step => step.ExecutionId == row.Id && step.Status == "in_progress")),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => row.HoldsPlace || row.LimitPlaces is not null).Select(row => new UnderWay(row.Id, Limit(row.WorkflowId, row.LimitKey, row.LimitPlaces), row.HoldsPlace))];
    }

    /// <summary>In the order of their turn.</summary>
    public async Task<IReadOnlyList<QueueEntry>> QueuedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var now = UnixMicros.Of(time.GetUtcNow());
        var rows = await context.Executions.Where(row => row.Status == "queued" && (row.NotBefore == null || row.NotBefore <= now)).OrderByDescending(row => row.Priority).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Priority, row.WorkflowId, row.LimitPlaces, row.LimitKey }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new QueueEntry(row.Id, row.Priority, row.WorkflowId, Limit(row.WorkflowId, row.LimitKey, row.LimitPlaces)))];
    }

    /// <summary>Attempts that agents work on.</summary>
    public async Task<IReadOnlyList<(string TaskId, int Attempt, string AgentId)>> AssignedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var rows = await context.Tasks.Where(row => row.Status == "in_progress" && row.AgentId != null).Select(row => new { row.Id, row.Attempt, row.AgentId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Attempt, row.AgentId!))];
    }

    /// <summary>Tasks whose execution goes on and that wait for an agent.</summary>
    public async Task<IReadOnlyList<string>> RequestedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        return await context.Tasks.Where(task => task.Status == "queued" && context.Executions.Any(row => row.Id == task.ExecutionId && row.Status == "running")).Select(task => task.Id).ToListAsync(cancellationToken);
    }

    private static ConcurrencyLimit? Limit(string workflowId, string? key, int? places) => places is { } many ? new ConcurrencyLimit(workflowId, key, many) : null;
}

/// <param name="Limit">Of which it has a part; null when its workflow has none.</param>
/// <param name="HoldsPlace">Of the queue.</param>
internal sealed record UnderWay(string Id, ConcurrencyLimit? Limit, bool HoldsPlace);
