namespace FlowNexus.Engine.Executions.Machine;

/// <summary>
/// The execution machine: a pure function from (state, inputs) to (state, events, decisions). It reads no clock, does
/// no I/O and draws no random number. Everything it establishes is an event, and the state is the fold of the events;
/// only the fraction of progress changes without one.
/// </summary>
public static partial class ExecutionMachine
{
    /// <summary>An attempt lost in a crash is repeated this often without spending <c>retry_attempts</c>.</summary>
    public const int MaxLost = 3;

    /// <summary>Applies inputs in order and lets the execution advance as far as it can without the outside.</summary>
    public static MachineResult Apply(ExecutionPlan plan, ExecutionState state, params IReadOnlyList<MachineInput> inputs) => Apply(plan, state, mayBegin: true, inputs);

    /// <param name="mayBegin">False while the whole system is paused: what runs goes on, no step begins.</param>
    public static MachineResult Apply(ExecutionPlan plan, ExecutionState state, bool mayBegin, IReadOnlyList<MachineInput> inputs)
    {
        var turn = new MachineTurn(plan, state) { MayBegin = mayBegin };
        foreach (var input in inputs) turn.Take(input);
        if (inputs.Count > 0) turn.Advance(inputs[^1].At);
        return turn.Result();
    }

    /// <summary>The state after one more event. <c>Replay</c> of a stream is the fold of this from <see cref="ExecutionState.New"/>.</summary>
    public static ExecutionState Evolve(ExecutionState state, MachineEvent happened)
    {
        var next = happened.Step < 0 ? state : state with { Steps = [.. state.Steps] };
        if (happened.Step >= 0) next.Steps[happened.Step] = Step(next.Steps[happened.Step], happened);
        return Execution(next, happened);
    }

    public static ExecutionState Replay(int steps, IEnumerable<MachineEvent> events) => events.Aggregate(ExecutionState.New(steps), Evolve);

    internal static ExecutionState Execution(ExecutionState state, MachineEvent happened) => happened.Type switch
    {
        MachineEventType.ExecutionStarted => state with { Status = ExecutionStatus.Running, StartedAt = happened.At },
        MachineEventType.ExecutionWaiting => state with { Status = ExecutionStatus.Waiting },
        MachineEventType.ExecutionRunning => state with { Status = ExecutionStatus.Running },
        MachineEventType.ExecutionResumed => state with { Status = ExecutionStatus.Running, Control = null },
        MachineEventType.ExecutionPaused => state with { Status = ExecutionStatus.Paused, Control = new ExecutionControl(ControlKind.Pause, happened.By, happened.Reason, happened.At, happened.Scope) },
        MachineEventType.ExecutionCancelling => state with { Status = ExecutionStatus.Running, Control = new ExecutionControl(ControlKind.Cancel, happened.By, happened.Reason, happened.At, null) },
        MachineEventType.ExecutionCompleted => state with { Status = ExecutionStatus.Completed, FinishedAt = happened.At, Progress = 1, Control = null },
        MachineEventType.ExecutionFailed => state with { Status = ExecutionStatus.Failed, FinishedAt = happened.At, Control = null },
        MachineEventType.ExecutionCancelled => state with { Status = ExecutionStatus.Cancelled, FinishedAt = happened.At, Control = null },
        MachineEventType.ExecutionTimedOut => state with { Status = ExecutionStatus.TimedOut, FinishedAt = happened.At, Control = null },
        MachineEventType.StepReopened => state with { Reopens = state.Reopens + 1 },
        MachineEventType.SignalReceived => state with { Inbox = state.Inbox.With(happened.Signal!) },
        MachineEventType.StepCompleted when happened.SignalNumber > 0 => state with { Inbox = state.Inbox.TakenBy(happened.Step, happened.SignalNumber) },
        _ => state,
    };

    internal static StepState Step(StepState step, MachineEvent happened)
    {
        var next = After(step, happened);
        return next is { Loop: { } loop, Status: not StepStatus.InProgress } ? next with { Loop = loop.Stopped() } : next;
    }

    private static StepState After(StepState step, MachineEvent happened) => happened.Type switch
    {
        MachineEventType.StepWaiting => step with
        {
            Status = StepStatus.Waiting,
            Wait = happened.Wait,
            Attempt = happened.Attempt,
            DueAt = happened.DueAt,
            StartedAt = happened.Wait is WaitReason.Delay or WaitReason.Signal ? step.StartedAt ?? happened.At : step.StartedAt,
            AttemptStartedAt = happened.Wait is WaitReason.Delay or WaitReason.Signal ? happened.At : step.AttemptStartedAt,
        },
        MachineEventType.StepStarted => step with
        {
            Status = StepStatus.InProgress,
            Wait = WaitReason.None,
            DueAt = null,
            Attempt = happened.Attempt,
            AgentId = happened.AgentId,
            ChildId = null,
            StartedAt = step.StartedAt ?? happened.At,
            AttemptStartedAt = happened.At,
            Progress = 0,
        },
        MachineEventType.StepCompleted => step with
        {
            Status = StepStatus.Completed,
            Wait = WaitReason.None,
            DueAt = null,
            Attempt = happened.Attempt,
            Branch = happened.Branch,
            ChildId = happened.ChildId ?? step.ChildId,
            StartedAt = step.StartedAt ?? happened.At,
            AttemptStartedAt = step.AttemptStartedAt ?? happened.At,
            FinishedAt = happened.At,
            Progress = 1,
        },
        MachineEventType.StepRetrying => step with
        {
            Status = happened.DueAt is null ? StepStatus.Pending : StepStatus.Waiting,
            Wait = happened.DueAt is null ? WaitReason.None : WaitReason.Retry,
            DueAt = happened.DueAt,
            Attempt = happened.Attempt,
            Failures = step.Failures + 1,
            FallbackUsed = step.FallbackUsed || happened.Fallback,
        },
        MachineEventType.StepReopened => step with { Status = StepStatus.Pending, Wait = WaitReason.None, DueAt = null, Attempt = happened.Attempt, Failures = 0 },
        MachineEventType.StepReused => step with { Status = StepStatus.Completed, Branch = happened.Branch, FinishedAt = happened.At, Progress = 1 },
        MachineEventType.StepHeld => step with { Status = StepStatus.Waiting, Wait = WaitReason.Resume, DueAt = null, Attempt = happened.Attempt },
        MachineEventType.StepResumed => step with { Status = StepStatus.Pending, Wait = WaitReason.None, Failures = 0, Lost = 0, FallbackUsed = false },
        MachineEventType.AttemptLost => step with { Status = StepStatus.Pending, Wait = WaitReason.None, DueAt = null, Lost = step.Lost + 1 },
        MachineEventType.AttemptAbandoned => step with { Status = StepStatus.Pending, Wait = WaitReason.None, DueAt = null },
        MachineEventType.StepFailed => Ended(step, StepStatus.Failed, happened),
        MachineEventType.StepTimedOut => Ended(step, StepStatus.TimedOut, happened),
        MachineEventType.StepSkipped => Ended(step, StepStatus.Skipped, happened),
        MachineEventType.StepCancelled => Ended(step, StepStatus.Cancelled, happened),
        MachineEventType.ChildStarted => step with { Status = StepStatus.Waiting, Wait = WaitReason.Child, ChildId = happened.ChildId },
        >= MachineEventType.LoopStarted and <= MachineEventType.ItemChildStarted => Looped(step, happened),
        _ => step,
    };

    private static StepState Ended(StepState step, StepStatus status, MachineEvent happened) => step with
    {
        Status = status,
        Wait = WaitReason.None,
        DueAt = null,
        Attempt = Math.Max(step.Attempt, happened.Attempt),
        FinishedAt = happened.At,
    };
}

/// <summary>What one call of the machine came to.</summary>
public sealed record MachineResult(ExecutionState State, IReadOnlyList<MachineEvent> Events, IReadOnlyList<MachineDecision> Decisions);
