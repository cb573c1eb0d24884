using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Something that happened to an execution. Time and chance come in here, never from inside the machine.</summary>
/// <param name="At">When it happened.</param>
public abstract record MachineInput(DateTimeOffset At)
{
    public sealed record Start(DateTimeOffset At) : MachineInput(At);

    /// <summary>An attempt got what it needed (an agent, a place) and runs from now on.</summary>
    public sealed record AttemptStarted(int Step, int Attempt, string? AgentId, DateTimeOffset At) : MachineInput(At);

    public sealed record AttemptCompleted(int Step, int Attempt, string? Branch, DateTimeOffset At) : MachineInput(At);

    /// <summary>An attempt failed, or, still waiting for an agent, was refused one.</summary>
    /// <param name="Jitter">0 to 1, drawn by the caller; spreads retries over half the backoff.</param>
    public sealed record AttemptFailed(int Step, int Attempt, Problem Problem, bool Retryable, double Jitter, DateTimeOffset At) : MachineInput(At);

    /// <summary>The process that ran the attempt is gone.</summary>
    public sealed record AttemptLost(int Step, int Attempt, DateTimeOffset At) : MachineInput(At);

    /// <param name="Fraction">0 to 1.</param>
    public sealed record AttemptProgressed(int Step, int Attempt, double Fraction, DateTimeOffset At) : MachineInput(At);

    /// <summary>A delay step knows how long it waits.</summary>
    public sealed record DelayStarted(int Step, int Attempt, DateTimeOffset DueAt, DateTimeOffset At) : MachineInput(At);

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

    /// <summary>What kept steps from beginning is gone.</summary>
    public sealed record Continue(DateTimeOffset At) : MachineInput(At);
}

/// <summary>What a timer row is for.</summary>
public enum TimerKind { StepTimeout, Retry, Delay, ExecutionTimeout, CancelGrace }

/// <param name="Branch">Of a conditional step: the target it took.</param>
public readonly record struct AdoptedStep(int Step, string? Branch);
