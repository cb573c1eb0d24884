namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Everything the machine remembers of one execution. A value: never changed in place.</summary>
public sealed record ExecutionState
{
    public required ExecutionStatus Status { get; init; }

    public required StepState[] Steps { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Uses of the execution's <c>max_retries</c>.</summary>
    public int Reopens { get; init; }

    /// <summary>Signals that came for its steps.</summary>
    public SignalInbox Inbox { get; init; } = SignalInbox.Empty;

    /// <summary>Who paused it, or is cancelling it; null when nobody does.</summary>
    public ExecutionControl? Control { get; init; }

    /// <summary>0 to 1; never falls; 1 only on success.</summary>
    public double Progress { get; init; }

    public static ExecutionState New(int steps) => new() { Status = ExecutionStatus.Queued, Steps = [.. Enumerable.Repeat(StepState.New, steps)] };
}

/// <summary>One step of an execution.</summary>
public sealed record StepState
{
    public static readonly StepState New = new();

    public StepStatus Status { get; init; }

    public WaitReason Wait { get; init; }

    /// <summary>Number of the latest attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that failed since the step was last reopened; what <c>retry_attempts</c> is counted against.</summary>
    public int Failures { get; init; }

    /// <summary>Attempts lost in crashes.</summary>
    public int Lost { get; init; }

    public bool FallbackUsed { get; init; }

    public string? AgentId { get; init; }

    /// <summary>Of a completed conditional step: the target taken.</summary>
    public string? Branch { get; init; }

    /// <summary>The execution that the latest attempt started.</summary>
    public string? ChildId { get; init; }

    /// <summary>Of a loop that has begun.</summary>
    public LoopState? Loop { get; init; }

    /// <summary>Start of the first attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? AttemptStartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the wait for a retry or a delay ends.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>0 to 1, of the latest attempt.</summary>
    public double Progress { get; init; }

    /// <summary>Holds one of the execution's concurrent places.</summary>
    public bool IsActive => Status == StepStatus.InProgress || (Status == StepStatus.Waiting && Wait is WaitReason.Agent or WaitReason.Child);

    /// <summary>Something of it runs on this node or waits for an agent; otherwise it costs rows only.</summary>
    public bool IsBusy => Status == StepStatus.InProgress ? Loop is not { OnlyWaits: true } : Status == StepStatus.Waiting && Wait == WaitReason.Agent;
}

/// <summary>What a waiting step waits for.</summary>
public enum WaitReason { None, Agent, Retry, Delay, Resume, Child, Signal }
