namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Who gets a task, and why the others do not.</summary>
public sealed record AgentMatch
{
    /// <summary>Null when every agent is excluded.</summary>
    public Agent? Winner { get; init; }

    /// <summary>0 to 1: the sum of the parts' contributions; 0 without a winner.</summary>
    public double Score { get; init; }

    public IReadOnlyList<MatchPart> Parts { get; init; } = [];

    /// <summary>In a sentence, why the winner; when it is not of the preferred type, why not that type.</summary>
    public required string Reason { get; init; }

    /// <summary>The others that could do it, best first.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    public IReadOnlyList<Exclusion> Excluded { get; init; } = [];

    /// <summary>Without a winner: an agent that fits is only at capacity, so that waiting helps.</summary>
    public bool WaitingHelps => Winner is null && Excluded.Any(exclusion => exclusion.Rule == ExclusionRule.AtCapacity);
}

/// <summary>One term of a score.</summary>
/// <param name="Name">type, skills, similarity, experience, availability, tier or price.</param>
/// <param name="Weight">Its share; the weights of one score add up to 1 and are the same for all agents of a match.</param>
/// <param name="Value">0 to 1.</param>
/// <param name="Reason">How the value came about, for people.</param>
public sealed record MatchPart(string Name, double Weight, double Value, string Reason)
{
    public double Contribution => Weight * Value;
}

/// <param name="Reason">The factors that made it lose, in words.</param>
/// <param name="WouldWinIf">What would have to be different about this agent; null when no single change is enough.</param>
public sealed record Alternative(Agent Agent, double Score, string Reason, IReadOnlyList<MatchPart> Parts, string? WouldWinIf);

public sealed record Exclusion(Agent Agent, ExclusionRule Rule, string Reason);

/// <summary>Why an agent is out of the question, the most lasting reason first.</summary>
public enum ExclusionRule { Disabled, WrongType, MissingSkill, TooLittleExperience, HadTheTask, AtCapacity }

/// <summary>One agent seen by itself.</summary>
/// <param name="Exclusion">Why it is out of the question; null when it is not.</param>
/// <param name="Score">What it scores, or would score were it not excluded.</param>
public sealed record AgentFit(Agent Agent, Exclusion? Exclusion, double Score, IReadOnlyList<MatchPart> Parts);
