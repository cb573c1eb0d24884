using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>What the machine needs to know of a workflow version, and nothing more.</summary>
public sealed class ExecutionPlan
{
    public required WorkflowGraph Graph { get; init; }

    public required IReadOnlyList<StepPlan> Steps { get; init; }

    /// <summary>Steps at the same time, at least 1.</summary>
    public required int MaxConcurrent { get; init; }

    /// <summary>How often a failed step may be reopened in one execution.</summary>
    public int MaxRetries { get; init; }

    public bool DifferentAgentOnRetry { get; init; }

    /// <summary>What happens when a step has failed for good and has no error target.</summary>
    public FailureMode OnFailure { get; init; }

    public TimeSpan? ExecutionTimeout { get; init; }

    /// <summary>How long it may wait in the queue.</summary>
    public TimeSpan? QueueTtl { get; init; }

    /// <summary>True when every step is pure, so that a whole execution can be one transition.</summary>
    public bool IsPure => Steps.All(step => step.Kind == StepKind.Pure);

    /// <summary>The same plan with other steps.</summary>
    public ExecutionPlan With(IReadOnlyList<StepPlan> steps) => new()
    {
        Graph = Graph,
        Steps = steps,
        MaxConcurrent = MaxConcurrent,
        MaxRetries = MaxRetries,
        DifferentAgentOnRetry = DifferentAgentOnRetry,
        OnFailure = OnFailure,
        ExecutionTimeout = ExecutionTimeout,
        QueueTtl = QueueTtl,
    };
}

/// <param name="Weight">Usual duration in seconds, the step's share of the execution's progress; above 0.</param>
public sealed record StepPlan(StepKind Kind, int RetryAttempts, TimeSpan Timeout, double Weight)
{
    /// <summary>Agent type that gets one last attempt after the retries are spent.</summary>
    public string? FallbackAgentType { get; init; }

    public bool IsAgent { get; init; }

    /// <summary>Wait before the first retry; doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An attempt lost in a crash fails the step instead of being repeated.</summary>
    public bool FailWhenLost { get; init; }

    /// <summary>The step has an <c>on_error</c>: its failure is handled there.</summary>
    public bool HasErrorTarget { get; init; }

    /// <summary>The execution ends when the step has completed.</summary>
    public bool EndsExecution { get; init; }

    /// <summary>Of a <see cref="StepKind.Signal"/>: the name it waits for.</summary>
    public string? Signal { get; init; }

    /// <summary>Signals that come before the step waits are kept for it.</summary>
    public bool KeepsEarlySignals { get; init; }

    /// <summary>Of a <see cref="StepKind.Signal"/>: the step that withdraws it by completing.</summary>
    public int? ClosedBy { get; init; }

    /// <summary>Of a <see cref="StepKind.Loop"/>: what runs for each item.</summary>
    public LoopPlan? Loop { get; init; }

    /// <summary>Steps of one section are never under way at the same time.</summary>
    public string? Section { get; init; }

    /// <summary>Null waits for every step before it.</summary>
    public JoinDefinition? Join { get; init; }
}

/// <summary>An execution's <c>on_failure</c>.</summary>
public enum FailureMode { Fail, Continue, Pause }

public enum StepKind
{
    /// <summary>Evaluated inside the transition.</summary>
    Pure,

    /// <summary>Runs outside and reports back.</summary>
    Effect,

    /// <summary>Only a timer.</summary>
    Delay,

    /// <summary>Starts another execution and waits for its end without holding anything.</summary>
    Child,

    /// <summary>One body for many items.</summary>
    Loop,

    /// <summary>Waits for a signal from outside.</summary>
    Signal,
}
