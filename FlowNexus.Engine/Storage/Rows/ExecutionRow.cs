namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One execution. It is also its own message in the queue <c>workflow_executions</c>.</summary>
public sealed class ExecutionRow
{
    /// <summary>Sorts by the moment of <see cref="CreatedAt"/>, to the millisecond; lists rely on it.</summary>
    public required string Id { get; set; }

    public required string WorkflowId { get; set; }
    public int Version { get; set; }
    public required string Status { get; set; }

    /// <summary>0 to 10.</summary>
    public int Priority { get; set; }

    /// <summary>Priority as the caller gave it.</summary>
    public required string PriorityText { get; set; }

    /// <summary>Fence: an owner whose epoch is not this one has lost the execution.</summary>
    public long Epoch { get; set; }

    public required string Owner { get; set; }

    /// <summary>JSON; null when it is in an artifact.</summary>
    public string? Input { get; set; }

    public string? InputArtifact { get; set; }
    public long InputBytes { get; set; }
    public required string TriggeredBy { get; set; }
    public required string UserId { get; set; }
    public required string Account { get; set; }
    public string? IdempotencyKey { get; set; }

    /// <summary>The execution this one is a retry of.</summary>
    public string? RetryOf { get; set; }

    /// <summary>Outputs that its steps give instead of being run, as JSON by step name; null: every step runs.</summary>
    public string? Pins { get; set; }

    /// <summary>How many executions of its limit run at the same time; null when none applies.</summary>
    public int? LimitPlaces { get; set; }

    /// <summary>Those with the same value share the limit; null: all of the workflow do.</summary>
    public string? LimitKey { get; set; }

    /// <summary>It enters the queue at this moment; null: at once.</summary>
    public long? NotBefore { get; set; }

    public long CreatedAt { get; set; }
    public long? StartedAt { get; set; }
    public long? FinishedAt { get; set; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }

    public int StepsTotal { get; set; }
    public int StepsCompleted { get; set; }
    public int Reopens { get; set; }
    public int AgentSwitches { get; set; }
    public long CreditsMicro { get; set; }
    public long BytesProcessed { get; set; }

    /// <summary>The problem that ended it, as JSON.</summary>
    public string? Error { get; set; }

    /// <summary>Who paused it or is cancelling it, as JSON.</summary>
    public string? Control { get; set; }

    /// <summary>The execution whose step started this one; null for those started from outside.</summary>
    public string? ParentId { get; set; }

    public int? ParentOrdinal { get; set; }

    /// <summary>Item of the parent's loop; -1 for the step itself.</summary>
    public int? ParentItem { get; set; }

    public int? ParentAttempt { get; set; }

    /// <summary>Executions above this one.</summary>
    public int Depth { get; set; }

    /// <summary>The parent has yet to take how this one ended.</summary>
    public bool Awaited { get; set; }

    /// <summary>The span that everything of this execution hangs under, as a W3C <c>traceparent</c>; null when nobody traces it.</summary>
    public string? Trace { get; set; }

    /// <summary>What retention has taken, as the number of <see cref="Retention.Pruned"/>.</summary>
    public int Pruned { get; set; }

    /// <summary>Number of events in its stream, and the hash of the last.</summary>
    public long EventSeq { get; set; }

    public byte[] EventHead { get; set; } = [];

    /// <summary>A row of its own with the same values, so that what was committed stays as it was.</summary>
    internal ExecutionRow Copy() => (ExecutionRow)MemberwiseClone();
}

/// <summary>One step of an execution; absent until it leaves <c>pending</c>.</summary>
public sealed class StepRow
{
    public required string ExecutionId { get; set; }

    /// <summary>Index in the version's list of steps.</summary>
    public int Ordinal { get; set; }

    /// <summary>0 outside loops.</summary>
    public int Iteration { get; set; }

    public required string StepId { get; set; }
    public required string Name { get; set; }
    public required string Status { get; set; }

    /// <summary>What a waiting step waits for: none, agent, retry or delay.</summary>
    public required string Wait { get; set; }

    public int Attempt { get; set; }
    public int Failures { get; set; }
    public int Lost { get; set; }
    public bool FallbackUsed { get; set; }
    public string? AgentId { get; set; }
    public string? TaskId { get; set; }
    public string? Branch { get; set; }

    /// <summary>The execution that the latest attempt started.</summary>
    public string? ChildId { get; set; }

    /// <summary>Where a loop stands, as JSON.</summary>
    public string? Loop { get; set; }

    public long? StartedAt { get; set; }
    public long? AttemptStartedAt { get; set; }
    public long? FinishedAt { get; set; }
    public long? DueAt { get; set; }
    public double Progress { get; set; }

    /// <summary>JSON up to 256 KB; larger ones are in <see cref="OutputArtifact"/>.</summary>
    public string? Output { get; set; }

    public string? OutputArtifact { get; set; }
    public long OutputBytes { get; set; }
    public long? Records { get; set; }
    public string? Error { get; set; }
}
