using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>Everything one attempt of a step with outside effects is given.</summary>
public sealed class StepContext
{
    public required StepDefinition Step { get; init; }

    public required StepScope Scope { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Stable over attempts, crashes and takeovers: <c>execution_id:step:iteration</c>. Sent as Idempotency-Key by steps that call out.</summary>
    public required string IdempotencyKey { get; init; }

    public required IArtifactFiles Artifacts { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Where the attempt says what it does.</summary>
    public StepLog Log { get; init; } = StepLog.Nowhere;

    /// <summary>The attempt's span as a W3C <c>traceparent</c>, for steps that call out; null when nobody traces it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Who does the task; null for steps that are not agent steps.</summary>
    public Agent? Agent { get; init; }

    /// <summary>The same attempt with the step's settings as they are in this execution.</summary>
    public StepContext With(StepDefinition step) => new()
    {
        Step = step,
        Scope = Scope,
        Attempt = Attempt,
        IdempotencyKey = IdempotencyKey,
        Artifacts = Artifacts,
        Time = Time,
        Log = Log,
        TraceParent = TraceParent,
        Agent = Agent,
        ReportProgress = ReportProgress,
    };

    /// <summary>Reports progress of this attempt, 0 to 1. Cheap to call often: it is coalesced.</summary>
    public required Action<double> ReportProgress { get; init; }
}
