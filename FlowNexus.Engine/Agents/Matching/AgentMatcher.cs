using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Chooses an agent for a task and explains the choice. The same request and agents give the same answer.</summary>
public sealed class AgentMatcher(SkillTaxonomy taxonomy, ITextEmbedder embedder)
{
    private readonly SkillSearch _search = new(taxonomy, embedder);

    /// <summary>The best of the agents that are not excluded; equal scores go by id.</summary>
    public AgentMatch Match(AgentRequest request, IReadOnlyList<Agent> agents)
    {
        var scoring = new MatchScoring(request, taxonomy, _search, embedder);
        var fits = agents.Select(agent => Judge(request, agent, scoring)).ToList();
        var ranked = fits.Where(fit => fit.Exclusion is null).OrderByDescending(fit => fit.Score).ThenBy(fit => fit.Agent.Id, StringComparer.Ordinal).ToList();
        IReadOnlyList<Exclusion> excluded = [.. fits.Select(fit => fit.Exclusion).OfType<Exclusion>().OrderBy(exclusion => exclusion.Agent.Id, StringComparer.Ordinal)];
        if (ranked.Count == 0) return new AgentMatch { Reason = Nobody(agents.Count), Excluded = excluded };

        var (winner, others) = (ranked[0], ranked.Skip(1).ToList());
        var reasons = new MatchReasons(request, taxonomy, scoring);
        return new AgentMatch
        {
            Winner = winner.Agent,
            Score = winner.Score,
            Parts = winner.Parts,
            Reason = reasons.Winning(winner, others, excluded),
            Alternatives = [.. others.Select(other => new Alternative(other.Agent, other.Score, reasons.Losing(winner, other), other.Parts, reasons.WouldWinIf(winner, other)))],
            Excluded = excluded,
        };
    }

    /// <summary>One agent that somebody named: whether it may have the task, and how well it fits.</summary>
    public AgentFit Judge(AgentRequest request, Agent agent) => Judge(request, agent, new MatchScoring(request, taxonomy, _search, embedder));

    private AgentFit Judge(AgentRequest request, Agent agent, MatchScoring scoring)
    {
        var parts = scoring.Parts(agent);
        return new AgentFit(agent, Exclude(request, agent), MatchScoring.Score(parts), parts);
    }

    private Exclusion? Exclude(AgentRequest request, Agent agent)
    {
        if (!agent.Enabled) return new Exclusion(agent, ExclusionRule.Disabled, "is disabled");
        if (request.TypeRequired && request.AgentType is { } type && agent.Type != type)
            return new Exclusion(agent, ExclusionRule.WrongType, $"is {Wording.A(agent.Type)}, and only {Wording.A(type)} may do it");
        var missing = request.Skills.Where(skill => !SkillCover.Covers(taxonomy, agent.Capabilities, skill)).ToList();
        if (missing.Count > 0)
            return new Exclusion(agent, ExclusionRule.MissingSkill, $"lacks the required {(missing.Count == 1 ? "skill" : "skills")} {Wording.List(missing)}; it has {Wording.List([.. agent.Capabilities])}");
        if (request.ExperienceLevel is { } least && (!ExperienceLevels.TryParse(agent.ExperienceLevel, out var level) || level < least))
            return new Exclusion(agent, ExclusionRule.TooLittleExperience, $"is {agent.ExperienceLevel}, and at least {least.Word()} is required");
        if (request.ExcludedIds.Contains(agent.Id)) return new Exclusion(agent, ExclusionRule.HadTheTask, "had the task before");
        if (request.Immediate && agent.InFlight >= agent.Capacity)
            return new Exclusion(agent, ExclusionRule.AtCapacity, $"is at capacity with {agent.InFlight} of {agent.Capacity} tasks");
        return null;
    }

    private static string Nobody(int count) => count == 0 ? "No agent is registered." : "Every agent is excluded.";
}
