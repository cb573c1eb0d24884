namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Something the machine wants done outside. Carried out only after the transition has committed, except <see cref="Evaluate"/>.</summary>
public abstract record MachineDecision
{
    /// <summary>Evaluate a pure step or a delay's duration now, inside the transition.</summary>
    public sealed record Evaluate(int Step, int Attempt) : MachineDecision;

    /// <summary>Run an attempt of an effect step that has started.</summary>
    public sealed record Run(int Step, int Attempt) : MachineDecision;

    /// <summary>Find an agent for an attempt; <see cref="MachineInput.AttemptStarted"/> follows when there is one.</summary>
    /// <param name="AgentType">Overrides the definition's agent type; null keeps it.</param>
    /// <param name="DifferentAgent">None of the agents that tried this step before.</param>
    public sealed record Request(int Step, int Attempt, string? AgentType, bool DifferentAgent) : MachineDecision;

    public sealed record SetTimer(TimerKind Kind, int Step, int Attempt, DateTimeOffset DueAt) : MachineDecision;

    public sealed record ClearTimer(TimerKind Kind, int Step) : MachineDecision;

    /// <summary>Its moment has come: put it in line.</summary>
    public sealed record Enqueue : MachineDecision;

    /// <summary>Tell a running attempt to stop; what it reports within its grace still counts.</summary>
    public sealed record Signal(int Step, int Attempt) : MachineDecision;

    /// <summary>Stop an attempt that runs or waits for an agent; whatever it still reports is discarded.</summary>
    public sealed record Abandon(int Step, int Attempt) : MachineDecision;

    /// <summary>Start the execution of a child step, or of an item; the same attempt may be asked for again after a crash.</summary>
    /// <param name="Item">-1 for the step itself.</param>
    public sealed record StartChild(int Step, int Attempt, int Item) : MachineDecision;

    /// <summary>An execution came too late to be waited for.</summary>
    public sealed record CancelChild(string ChildId) : MachineDecision;

    /// <summary>An execution is not waited for any more and goes on by itself; written with the transition.</summary>
    public sealed record ReleaseChild(string ChildId) : MachineDecision;

    /// <summary>Evaluate pure items now, inside a transition.</summary>
    public sealed record EvaluateItems(int Step, int Attempt, int First, int Count) : MachineDecision;

    /// <summary>Run an attempt of an item.</summary>
    public sealed record RunItem(int Step, int Item, int Attempt) : MachineDecision;

    /// <summary>Stop an attempt of an item; whatever it still reports is discarded.</summary>
    public sealed record AbandonItem(int Step, int Item, int Attempt) : MachineDecision;

    /// <summary>Tell the sender what became of a signal.</summary>
    /// <param name="Step">The step that took it; -1 when none did.</param>
    /// <param name="Received">Null when it was not taken in.</param>
    public sealed record AnswerSignal(MachineInput.SignalSent To, SignalOutcome Outcome, int Step, ReceivedSignal? Received) : MachineDecision;

    /// <summary>Every item has ended: put the loop's output together.</summary>
    public sealed record Gather(int Step, int Attempt) : MachineDecision;
}
