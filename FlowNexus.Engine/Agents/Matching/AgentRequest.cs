namespace FlowNexus.Engine.Agents.Matching;

/// <summary>What a task needs of an agent.</summary>
public sealed record AgentRequest
{
    public required string StepName { get; init; }

    public string? StepDescription { get; init; }

    /// <summary>Preferred: another type can win, and then the match says why.</summary>
    public string? AgentType { get; init; }

    /// <summary>Makes <see cref="AgentType"/> a condition.</summary>
    public bool TypeRequired { get; init; }

    /// <summary>An agent without one of them is excluded.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Wanted; their lack lowers the score.</summary>
    public IReadOnlyList<string> SoftSkills { get; init; } = [];

    /// <summary>At least this level; null is any.</summary>
    public ExperienceLevel? ExperienceLevel { get; init; }

    /// <summary>True (<c>availability: immediate</c>) excludes agents at capacity; otherwise such an agent may win and the task waits.</summary>
    public bool Immediate { get; init; }

    /// <summary>cost_optimized, balanced or performance.</summary>
    public string TierPreference { get; init; } = AgentTiers.Balanced;

    /// <summary>Agents that had the task before.</summary>
    public IReadOnlySet<string> ExcludedIds { get; init; } = new HashSet<string>();

    /// <summary>False scores by rules only.</summary>
    public bool UseVectorSimilarity { get; init; } = true;

    internal string Text => string.IsNullOrWhiteSpace(StepDescription) ? string.Join(' ', StepName.Split('_', '-')) : StepDescription;
}
