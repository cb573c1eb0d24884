using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Agents;

/// <summary>Lists tasks.</summary>
public sealed class FindTasks(EngineDatabase database, ITaskLine line)
{
    public static readonly IReadOnlyList<string> Statuses = ["pending", "queued", "in_progress", "completed", "failed", "cancelled"];

    /// <exception cref="ProblemException">INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<FoundTasks> RunAsync(Principal principal, string? executionId, string? status, int? limit, int? offset)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(limit, offset);
        await using var context = database.Read();
        var query = context.Tasks.AsQueryable();
        if (!string.IsNullOrEmpty(executionId)) query = query.Where(row => row.ExecutionId == executionId);
        if (!string.IsNullOrEmpty(status))
        {
            var statuses = Allowed.Several("status", status, Statuses);
            query = query.Where(row => statuses.Contains(row.Status));
        }

        var total = await query.CountAsync();
        var rows = await query.OrderByDescending(row => row.ExecutionId).ThenBy(row => row.Ordinal).Skip(page.Offset).Take(page.Limit).ToListAsync();
        var places = await line.PlacesAsync([.. rows.Where(row => row.Status == "queued").Select(row => row.Id)]);
        return new FoundTasks([.. rows.Select(row => TaskView.Of(row) with { QueuePosition = places.GetValueOrDefault(row.Id)?.Position, WaitingReason = places.GetValueOrDefault(row.Id)?.WaitingReason })], total, page.Offset + rows.Count < total);
    }
}

public sealed record FoundTasks(IReadOnlyList<TaskView> Tasks, int TotalCount, bool HasMore)
{
    public bool Success { get; } = true;
}

/// <summary>One task as every door shows it.</summary>
public sealed record TaskView(string TaskId, string ExecutionId, string WorkflowId, string StepName, string Status, string? AgentType, string? AgentId, string? BoundAgentId, int Attempt, DateTimeOffset CreatedAt, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>From 1 while it waits for an agent.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>While it waits for an agent: in one sentence, why.</summary>
    public string? WaitingReason { get; init; }

    public static TaskView Of(TaskRow row) => new(
        row.Id,
        row.ExecutionId,
        row.WorkflowId,
        row.StepName,
        row.Status,
        row.AgentType,
        row.AgentId,
        row.BoundAgentId,
        row.Attempt,
        UnixMicros.Read(row.CreatedAt),
        UnixMicros.Read(row.QueuedAt),
        UnixMicros.Read(row.StartedAt),
        UnixMicros.Read(row.FinishedAt));
}
