using System.Text.Json;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Queues;

/// <summary>Chooses the agent of a waiting task: the best that is free, unless a much better one is only busy.</summary>
public sealed class AgentChooser(AgentMatcher matcher)
{
    /// <summary>A free agent takes a task when it scores at least this share of the best agent's score; otherwise the task waits.</summary>
    public const double GoodEnough = 0.8;

    private const int KeptAlternatives = 5;

    public AgentChoice Choose(TaskMessage task, IReadOnlyList<Agent> agents)
    {
        if (task.BoundAgentId is { } bound) return Bound(task, agents.FirstOrDefault(agent => agent.Id == bound));
        var request = Request(task, hardSkills: true);
        var best = matcher.Match(request, agents);
        if (best.Winner is null && task.SoftSkills.Count > 0) best = matcher.Match(request = Request(task, hardSkills: false), agents);
        if (best.Winner is null) return new AgentChoice(null, Impossible: true, Reason: AgentMatchProblem.Unavailable(request, best).Message);
        var free = matcher.Match(request with { Immediate = true }, agents);
        return free.Winner is null || free.Score < best.Score * GoodEnough
            ? new AgentChoice(null)
            : new AgentChoice(free.Winner.Id, free.Winner.PriceMicro, "automatic", free.Score, Details(free));
    }

    /// <summary>In one sentence, why a task that could be done is not given to anybody yet.</summary>
    public string WhyWaiting(TaskMessage task, IReadOnlyList<Agent> agents)
    {
        const string AboutToStart = "Its turn has come; it is about to start.";
        if (task.BoundAgentId is { } bound)
        {
            return agents.FirstOrDefault(agent => agent.Id == bound) is { } one && one.InFlight >= one.Capacity
                ? $"Waits for {one.Name}, to whom it is bound and who is busy ({one.InFlight} of {one.Capacity})."
                : AboutToStart;
        }

        var match = matcher.Match(Request(task, hardSkills: true), agents);
        if (match.Winner is null && task.SoftSkills.Count > 0) match = matcher.Match(Request(task, hardSkills: false), agents);
        if (match.Winner is not { } best) return AboutToStart;
        List<Agent> good = [best, .. match.Alternatives.Where(other => other.Score >= match.Score * GoodEnough).Select(other => other.Agent)];
        if (good.Exists(agent => agent.InFlight < agent.Capacity)) return AboutToStart;
        return good.Count == 1
            ? $"Waits for {best.Name}: the only agent that fits well is busy ({best.InFlight} of {best.Capacity})."
            : $"Waits for a free {(good.TrueForAll(agent => agent.Type == best.Type) ? best.Type : "agent")}: all {good.Count} that fit well are busy.";
    }

    /// <summary>Score parts and alternatives as events and answers keep them.</summary>
    internal static string Details(AgentMatch match) => JsonSerializer.Serialize(
        new
        {
            match.Reason,
            Parts = match.Parts.Select(part => new { part.Name, part.Weight, Value = Math.Round(part.Value, 4), part.Reason }),
            Alternatives = match.Alternatives.Take(KeptAlternatives).Select(other => new { AgentId = other.Agent.Id, MatchScore = Math.Round(other.Score, 4), other.Reason }),
        },
        ProblemJson.Options);

    private static AgentRequest Request(TaskMessage task, bool hardSkills) => new()
    {
        StepName = task.StepName,
        StepDescription = task.Description,
        AgentType = task.AgentType,
        TypeRequired = task.TypeRequired,
        TierPreference = task.TierPreference,
        Skills = hardSkills ? [.. task.Skills, .. task.SoftSkills] : task.Skills,
        SoftSkills = hardSkills ? [] : task.SoftSkills,
        ExcludedIds = task.Excluded.ToHashSet(),
    };

    private static AgentChoice Bound(TaskMessage task, Agent? agent)
    {
        if (agent is null || !agent.Enabled) return new AgentChoice(null, Impossible: true, Reason: $"The agent bound to step \"{task.StepName}\", {task.BoundAgentId}, is not registered or not enabled.");
        return agent.InFlight < agent.Capacity ? new AgentChoice(agent.Id, agent.PriceMicro, "manual") : new AgentChoice(null);
    }
}
