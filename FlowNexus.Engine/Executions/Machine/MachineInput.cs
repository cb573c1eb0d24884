using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Something that happened to an execution. Time and chance come in here, never from inside the machine.</summary>
/// <param name="At">When it happened.</param>
public abstract record MachineInput(DateTimeOffset At)
{
    public sealed record Start(DateTimeOffset At) : MachineInput(At);

    /// <summary>It is accepted and waits: for its moment when one is given, then for its turn.</summary>
    public sealed record Queue(DateTimeOffset? NotBefore, DateTimeOffset At) : MachineInput(At);

    /// <summary>An attempt got what it needed (an agent, a place) and runs from now on.</summary>
    public sealed record AttemptStarted(int Step, int Attempt, string? AgentId, DateTimeOffset At) : MachineInput(At);

    public sealed record AttemptCompleted(int Step, int Attempt, string? Branch, DateTimeOffset At) : MachineInput(At)
    {
        /// <summary>The execution that did it.</summary>
        public string? ChildId { get; init; }
    }


    /// <summary>An attempt failed, or, still waiting for an agent, was refused one.</summary>
    /// <param name="Jitter">0 to 1, drawn by the caller; spreads retries over half the backoff.</param>
    public sealed record AttemptFailed(int Step, int Attempt, Problem Problem, bool Retryable, double Jitter, DateTimeOffset At) : MachineInput(At);

    /// <summary>The process that ran the attempt is gone.</summary>
    public sealed record AttemptLost(int Step, int Attempt, DateTimeOffset At) : MachineInput(At);

    /// <param name="Fraction">0 to 1.</param>
    public sealed record AttemptProgressed(int Step, int Attempt, double Fraction, DateTimeOffset At) : MachineInput(At);

    /// <summary>A delay step knows how long it waits.</summary>
    public sealed record DelayStarted(int Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset At) : MachineInput(At);

    /// <summary>The execution of a child step, or of an item, was accepted.</summary>
    /// <param name="Item">-1 for the step itself.</param>
    public sealed record ChildStarted(int Step, int Attempt, int Item, string ChildId, DateTimeOffset At) : MachineInput(At);

    /// <summary>A loop knows how many items it has.</summary>
    public sealed record LoopStarted(int Step, int Attempt, int Count, DateTimeOffset At) : MachineInput(At);

    /// <summary>Pure items were evaluated, in order from <paramref name="First"/>; null is success.</summary>
    public sealed record ItemsEvaluated(int Step, int Attempt, int First, IReadOnlyList<Problem?> Outcomes, DateTimeOffset At) : MachineInput(At);

    /// <summary>An item's attempt ended.</summary>
    /// <param name="Problem">Null on success.</param>
    public sealed record ItemEnded(int Step, int Item, int Attempt, Problem? Problem, bool Retryable, double Jitter, DateTimeOffset At) : MachineInput(At)
    {
        /// <summary>The loop need not go on after it.</summary>
        public bool IsLast { get; init; }
    }

    /// <summary>Somebody completes a loop with what is done.</summary>
    public sealed record CompleteLoop(int Step, string By, DateTimeOffset At) : MachineInput(At);

    public sealed record TimerDue(TimerKind Kind, int Step, int Attempt, double Jitter, DateTimeOffset At) : MachineInput(At);

    /// <summary>A new owner loaded the execution: whatever ran is lost, whatever waits for an agent asks again.</summary>
    public sealed record Recovered(DateTimeOffset At) : MachineInput(At);

    /// <summary>Somebody bound another agent: an attempt in progress is abandoned, one that waits for an agent asks again.</summary>
    public sealed record Reassign(int Step, string By, DateTimeOffset At) : MachineInput(At);

    /// <param name="Grace">How long running attempts may still report after they got the signal; zero ends at once.</param>
    public sealed record Cancel(string By, string? Reason, TimeSpan Grace, DateTimeOffset At) : MachineInput(At);

    /// <param name="Scope">What was paused with it, such as <c>workflow</c>; null when only this execution was.</param>
    public sealed record Pause(string By, string? Reason, DateTimeOffset At, string? Scope = null) : MachineInput(At);

    public sealed record Resume(string By, DateTimeOffset At) : MachineInput(At);

    /// <summary>Steps that need not run because an earlier execution completed them; comes before the start.</summary>
    public sealed record Adopt(IReadOnlyList<AdoptedStep> Steps, DateTimeOffset At) : MachineInput(At);

    /// <summary>Somebody started this ended execution again, as another one.</summary>
    public sealed record Retried(string ExecutionId, string By, DateTimeOffset At) : MachineInput(At);

    /// <summary>Somebody sent a signal.</summary>
    /// <param name="Data">JSON text.</param>
    /// <param name="Key">The same key counts once.</param>
    public sealed record SignalSent(string Name, string Data, string By, string? Key, DateTimeOffset At) : MachineInput(At);

    /// <summary>What kept steps from beginning is gone.</summary>
    public sealed record Continue(DateTimeOffset At) : MachineInput(At);
}

/// <summary>What a timer row is for.</summary>
public enum TimerKind { StepTimeout, Retry, Delay, ExecutionTimeout, CancelGrace, Items, QueueDelay, QueueTtl }

/// <param name="Branch">Of a conditional step: the target it took.</param>
public readonly record struct AdoptedStep(int Step, string? Branch);
