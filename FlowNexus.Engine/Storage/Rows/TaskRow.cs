namespace FlowNexus.Engine.Storage.Rows;

/// <summary>Work for an agent; one per agent step from the execution's start. It is also its own message in the queue <c>agent_assignments</c>.</summary>
public sealed class TaskRow
{
    public required string Id { get; set; }
    public required string ExecutionId { get; set; }
    public required string WorkflowId { get; set; }
    public int Ordinal { get; set; }
    public required string StepName { get; set; }

    /// <summary>pending (its step has not come up), queued (waits for an agent), in_progress, completed, failed, cancelled.</summary>
    public required string Status { get; set; }

    public string? AgentType { get; set; }
    public string? AgentId { get; set; }

    /// <summary>An agent bound by hand or by <c>assign</c> before the start.</summary>
    public string? BoundAgentId { get; set; }

    /// <summary>Agents that tried this step, as a JSON array of ids.</summary>
    public string? TriedAgents { get; set; }

    /// <summary>What the current attempt was charged.</summary>
    public long PaidMicro { get; set; }

    public int Priority { get; set; }
    public int Attempt { get; set; }
    public long CreatedAt { get; set; }
    public long? QueuedAt { get; set; }
    public long? StartedAt { get; set; }
    public long? FinishedAt { get; set; }

    /// <summary>A row of its own with the same values, so that what was committed stays as it was.</summary>
    internal TaskRow Copy() => (TaskRow)MemberwiseClone();
}
