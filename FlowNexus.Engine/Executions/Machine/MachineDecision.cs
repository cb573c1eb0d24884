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

    /// <summary>Tell a running attempt to stop; what it reports within its grace still counts.</summary>
    public sealed record Signal(int Step, int Attempt) : MachineDecision;

    /// <summary>Stop an attempt that runs or waits for an agent; whatever it still reports is discarded.</summary>
    public sealed record Abandon(int Step, int Attempt) : MachineDecision;
}
