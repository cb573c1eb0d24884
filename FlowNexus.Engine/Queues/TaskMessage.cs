namespace FlowNexus.Engine.Queues;

/// <summary>An attempt that needs an agent; the message in the queue <c>agent_assignments</c>.</summary>
[GenerateSerializer, Immutable]
public sealed record TaskMessage(
    [property: Id(0)] string TaskId,
    [property: Id(1)] string ExecutionId,
    [property: Id(2)] int Ordinal,
    [property: Id(3)] int Attempt,
    [property: Id(4)] int Priority,
    [property: Id(5)] string StepName)
{
    [Id(6)] public string? Description { get; init; }

    [Id(7)] public string? AgentType { get; init; }

    [Id(8)] public string TierPreference { get; init; } = "balanced";

    /// <summary>Skills the step names outright.</summary>
    [Id(9)] public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Skills the step's words point to.</summary>
    [Id(12)] public IReadOnlyList<string> SoftSkills { get; init; } = [];

    /// <summary>Agents that must not get it.</summary>
    [Id(10)] public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Makes <see cref="AgentType"/> a condition, as of a fallback.</summary>
    [Id(13)] public bool TypeRequired { get; init; }

    /// <summary>The one agent that must get it.</summary>
    [Id(11)] public string? BoundAgentId { get; init; }
}

/// <summary>An agent for an attempt.</summary>
/// <param name="PriceMicro">Micro-credits of this attempt.</param>
/// <param name="Method">automatic or manual.</param>
/// <param name="MatchScore">0 to 1; null when bound by hand.</param>
/// <param name="Details">Score parts and alternatives as a JSON object.</param>
/// <param name="Activation">Of the queue that gave it; null on a node that is alone.</param>
[GenerateSerializer, Immutable]
public sealed record TaskAssignment(
    [property: Id(0)] string TaskId,
    [property: Id(1)] int Ordinal,
    [property: Id(2)] int Attempt,
    [property: Id(3)] string AgentId,
    [property: Id(4)] long PriceMicro,
    [property: Id(5)] string Method,
    [property: Id(6)] double? MatchScore,
    [property: Id(7)] string? Details,
    [property: Id(8)] string? Activation = null);

/// <summary>Nobody could ever do the task.</summary>
[GenerateSerializer, Immutable]
public sealed record TaskRefusal([property: Id(0)] string TaskId, [property: Id(1)] int Ordinal, [property: Id(2)] int Attempt, [property: Id(3)] string Message);
