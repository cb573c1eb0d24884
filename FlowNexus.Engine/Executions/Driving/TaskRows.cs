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
        var after = before.Copy();
        after.Status = Status(step);
        after.Attempt = step.Attempt;
        after.AgentId = step.AgentId;
        after.StartedAt = UnixMicros.Of(step.AttemptStartedAt);
        after.FinishedAt = UnixMicros.Of(step.FinishedAt);
        if (step is { Status: StepStatus.Waiting, Wait: WaitReason.Agent }) after.QueuedAt = UnixMicros.Of(now);
        if (assignment is null || step.Status != StepStatus.InProgress) return after;
        after.TriedAgents = Tried(before.TriedAgents, assignment.AgentId);
        after.PaidMicro = assignment.PriceMicro;
        return after;
    }

    public static TaskRow Bound(TaskRow before, string agentId)
    {
        var bound = before.Copy();
        bound.BoundAgentId = agentId;
        return bound;
    }

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
