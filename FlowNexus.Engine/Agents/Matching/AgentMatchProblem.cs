using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Says why a task gets no agent.</summary>
public static class AgentMatchProblem
{
    private const int SecondsToWait = 5;

    /// <summary>AGENT_UNAVAILABLE with each agent's reason; <c>facts.waiting_helps</c> tells whether one is only busy.</summary>
    public static Problem Unavailable(AgentRequest request, AgentMatch match) => new(ProblemCodes.AgentUnavailable,
        match.WaitingHelps
            ? $"No agent is free for step '{request.StepName}' right now. Wait, or ask for availability 'any'."
            : $"No agent can do step '{request.StepName}'. {match.Reason} Register or enable an agent that fits, or ask for less.")
    {
        Details = [.. match.Excluded.Select(exclusion => new ProblemDetail("", Rule(exclusion.Rule), $"{exclusion.Agent.Id} {exclusion.Reason}."))],
        Facts = new JsonObject { ["waiting_helps"] = match.WaitingHelps },
        RetryAfter = match.WaitingHelps ? SecondsToWait : null,
    };

    /// <summary>CONFLICT for an agent that somebody named and that does not fit; <c>force</c> would take it all the same.</summary>
    public static Problem BadFit(AgentFit fit, AgentMatch match) => new(ProblemCodes.Conflict,
        $"{fit.Agent.Id} {fit.Exclusion?.Reason ?? $"scores {Wording.Number(fit.Score)}"}. " +
        (match.Winner is { } better ? $"{better.Id} fits better ({Wording.Number(match.Score)}). " : "") + "Send force: true to assign it all the same.")
    {
        Details = [.. fit.Parts.Select(part => new ProblemDetail("/agent_id", part.Name, $"{Wording.Sentence(part.Reason)}: {Wording.Number(part.Value)} × {Wording.Number(part.Weight)}."))],
        Facts = new JsonObject { ["agent_id"] = fit.Agent.Id, ["match_score"] = fit.Score, ["best_agent_id"] = match.Winner?.Id, ["best_match_score"] = match.Score },
    };

    public static string Rule(ExclusionRule rule) => rule switch
    {
        ExclusionRule.Disabled => "disabled",
        ExclusionRule.WrongType => "wrong_type",
        ExclusionRule.MissingSkill => "missing_skill",
        ExclusionRule.TooLittleExperience => "experience_level",
        ExclusionRule.HadTheTask => "had_the_task",
        _ => "at_capacity",
    };
}
