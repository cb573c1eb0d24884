using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>One fact the machine established. State is the fold of these (<see cref="ExecutionMachine.Evolve"/>), so replaying a stream rebuilds it.</summary>
public sealed record MachineEvent(MachineEventType Type, DateTimeOffset At)
{
    /// <summary>Index of the step; -1 for events of the whole execution.</summary>
    public int Step { get; init; } = -1;

    public int Attempt { get; init; }

    public string? AgentId { get; init; }

    public WaitReason Wait { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string? Branch { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of a pause: what was paused with it.</summary>
    public string? Scope { get; init; }

    /// <summary>The step goes to its fallback agent type.</summary>
    public bool Fallback { get; init; }

    /// <summary>The execution that was started.</summary>
    public string? ChildId { get; init; }

    /// <summary>The signal that came.</summary>
    public ReceivedSignal? Signal { get; init; }

    /// <summary>Of a completed step: the signal it completed with; 0 for every other.</summary>
    public int SignalNumber { get; init; }

    /// <summary>First item it speaks of; -1 when it speaks of none. <see cref="Attempt"/> is then the item's.</summary>
    public int Item { get; init; } = -1;

    /// <summary>Last item it speaks of.</summary>
    public int Through { get; init; }

    /// <summary>Number of items of a loop.</summary>
    public int Count { get; init; }
}

/// <summary>Types of events in an execution's stream, in the order of <see cref="MachineEventWords"/>.</summary>
public enum MachineEventType
{
    ExecutionStarted, ExecutionWaiting, ExecutionRunning, ExecutionPaused, ExecutionResumed,
    ExecutionCompleted, ExecutionFailed, ExecutionCancelled, ExecutionTimedOut,
    StepWaiting, StepStarted, StepCompleted, StepRetrying, StepReopened, StepFailed, StepTimedOut,
    StepSkipped, StepCancelled, AttemptLost, AttemptAbandoned, AttemptDiscarded,
    StepHeld, StepResumed, StepReused, ExecutionCancelling, ExecutionRetried,
    ChildStarted, LoopStarted, ItemsStarted, ItemsCompleted, ItemRetrying, ItemFailed, ItemLost, ItemsLeftOut, ItemChildStarted,
    SignalReceived,
}

public static class MachineEventWords
{
    private static readonly string[] Words =
    [
        "execution_started", "execution_waiting", "execution_running", "execution_paused", "execution_resumed",
        "execution_completed", "execution_failed", "execution_cancelled", "execution_timed_out",
        "step_waiting", "step_started", "step_completed", "step_retrying", "step_reopened", "step_failed", "step_timed_out",
        "step_skipped", "step_cancelled", "attempt_lost", "attempt_abandoned", "attempt_discarded",
        "step_held", "step_resumed", "step_reused", "execution_cancelling", "execution_retried",
        "child_started", "loop_started", "items_started", "items_completed", "item_retrying", "item_failed", "item_lost", "items_left_out", "item_child_started",
        "signal_received",
    ];

    public static string Word(this MachineEventType type) => Words[(int)type];

    public static MachineEventType? TryRead(string word) => Array.IndexOf(Words, word) is var index and >= 0 ? (MachineEventType)index : null;
}
