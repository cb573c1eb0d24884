using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Insights;

/// <summary>Two executions of one workflow side by side, and why one took longer.</summary>
public sealed record ExecutionComparison
{
    public bool Success { get; } = true;

    public required string WorkflowId { get; init; }

    public required string WorkflowName { get; init; }

    /// <summary>The execution that is asked about.</summary>
    public required ComparedExecution This { get; init; }

    /// <summary>The one it is compared with.</summary>
    public required ComparedExecution Other { get; init; }

    /// <summary>The main cause of the difference in one sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>The step that the summary names; null when no step is the cause.</summary>
    public string? MainStep { get; init; }

    /// <summary>Every step of either, in the order of the execution that is asked about.</summary>
    public required IReadOnlyList<StepComparison> Steps { get; init; }

    /// <summary>Fields of the inputs that are not the same; null when one is too large to be looked at or kept no more.</summary>
    public IReadOnlyList<InputDifference>? InputDifferences { get; init; }
}

/// <param name="Queued">Seconds from its creation to its start; null before that.</param>
/// <param name="Duration">Seconds from its start to its end; null before that.</param>
public sealed record ComparedExecution(string ExecutionId, int Version, string Status, string TriggeredBy, DateTimeOffset CreatedAt, double? Queued, double? Duration, long InputBytes);

/// <param name="StepId">The same through all versions.</param>
/// <param name="This">Null when this execution's version has no such step.</param>
/// <param name="Difference">Seconds that waiting and running took longer here; negative for less; null while one has not ended.</param>
/// <param name="IsCritical">Whether the end of this execution waited for it.</param>
public sealed record StepComparison(string Name, string StepId, string Type, StepMeasure? This, StepMeasure? Other, double? Difference, bool IsCritical);

/// <param name="Waited">Seconds from when it could have begun to its first attempt.</param>
/// <param name="Took">Seconds from its first attempt to its end, attempts that failed and the pauses between them included.</param>
public sealed record StepMeasure(string Status, double? Waited, double? Took, int Attempts, string? AgentId, long? Records, long OutputBytes)
{
    /// <summary>Both together; null while it has not ended.</summary>
    public double? Total => Took is { } took ? (Waited ?? 0) + took : null;
}

/// <param name="Path">As in expressions: <c>customer.tier</c>.</param>
/// <param name="This">Absent here when null and <paramref name="InThis"/> is false.</param>
public sealed record InputDifference(string Path, bool InThis, JsonNode? This, bool InOther, JsonNode? Other);
