using System.Text.Json;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The tasks of an execution: one for each agent step, from its start.</summary>
internal static class TaskRows
{
    public static TaskRow?[] Of(PreparedWorkflow workflow, ExecutionRow row, DateTimeOffset now)
    {
        var steps = workflow.Definition.Steps;
        var tasks = new TaskRow?[steps.Count];
        for (var ordinal = 0; ordinal < steps.Count; ordinal++)
        {
            if (!workflow.Plan.Steps[ordinal].IsAgent) continue;
            tasks[ordinal] = new TaskRow
            {
                Id = NewId.Task(now),
                ExecutionId = row.Id,
                WorkflowId = row.WorkflowId,
                Ordinal = ordinal,
                StepName = steps[ordinal].Name,
                Status = "pending",
                AgentType = steps[ordinal].AgentType,
                Priority = row.Priority,
                CreatedAt = UnixMicros.Of(now),
            };
        }

        return tasks;
    }

    /// <summary>The task after its step changed.</summary>
    public static TaskRow After(TaskRow before, StepState step, TaskAssignment? assignment, DateTimeOffset now)
    {
        var started = assignment is not null && step.Status == StepStatus.InProgress;
        var queued = step is { Status: StepStatus.Waiting, Wait: WaitReason.Agent };
        return new TaskRow
        {
            Id = before.Id,
            ExecutionId = before.ExecutionId,
            WorkflowId = before.WorkflowId,
            Ordinal = before.Ordinal,
            StepName = before.StepName,
            AgentType = before.AgentType,
            BoundAgentId = before.BoundAgentId,
            Priority = before.Priority,
            CreatedAt = before.CreatedAt,
            Status = Status(step),
            Attempt = step.Attempt,
            AgentId = step.AgentId,
            TriedAgents = started ? Tried(before.TriedAgents, assignment!.AgentId) : before.TriedAgents,
            PaidMicro = started ? assignment!.PriceMicro : before.PaidMicro,
            QueuedAt = queued ? UnixMicros.Of(now) : before.QueuedAt,
            StartedAt = UnixMicros.Of(step.AttemptStartedAt),
            FinishedAt = UnixMicros.Of(step.FinishedAt),
        };
    }

    public static TaskRow Bound(TaskRow before, string agentId) => new()
    {
        Id = before.Id,
        ExecutionId = before.ExecutionId,
        WorkflowId = before.WorkflowId,
        Ordinal = before.Ordinal,
        StepName = before.StepName,
        Status = before.Status,
        AgentType = before.AgentType,
        AgentId = before.AgentId,
        BoundAgentId = agentId,
        TriedAgents = before.TriedAgents,
        PaidMicro = before.PaidMicro,
        Priority = before.Priority,
        Attempt = before.Attempt,
        CreatedAt = before.CreatedAt,
        QueuedAt = before.QueuedAt,
        StartedAt = before.StartedAt,
        FinishedAt = before.FinishedAt,
    };

    public static IReadOnlyList<string> Tried(TaskRow task) => task.TriedAgents is { } json ? JsonSerializer.Deserialize<string[]>(json) ?? [] : [];

    private static string Tried(string? json, string agentId)
    {
        var tried = json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];
        if (!tried.Contains(agentId)) tried.Add(agentId);
        return JsonSerializer.Serialize(tried);
    }

    private static string Status(StepState step) => step.Status switch
    {
        StepStatus.InProgress => "in_progress",
        StepStatus.Waiting => step.Wait == WaitReason.Agent ? "queued" : "pending",
        StepStatus.Completed => "completed",
        StepStatus.Failed or StepStatus.TimedOut => "failed",
        StepStatus.Cancelled or StepStatus.Skipped => "cancelled",
        _ => "pending",
    };
}
