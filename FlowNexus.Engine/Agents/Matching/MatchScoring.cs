using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Scores agents against one request, term by term.</summary>
internal sealed class MatchScoring(AgentRequest request, SkillTaxonomy taxonomy, SkillSearch search, ITextEmbedder embedder)
{
    private readonly MatchWeights _weights = MatchWeights.For(request);
    private readonly Dictionary<string, double> _nearness = [];

    /// <summary>Hard and wanted skills with how far the agent covers each; wanted ones count half.</summary>
    public IReadOnlyList<(string Skill, double Degree, double Share)> Coverage(Agent agent) =>
    [
        .. request.Skills.Select(skill => (skill, SkillCover.Degree(taxonomy, agent.Capabilities, skill), 1.0)),
        .. request.SoftSkills.Select(skill => (skill, SkillCover.Degree(taxonomy, agent.Capabilities, skill), 0.5)),
    ];

    public IReadOnlyList<MatchPart> Parts(Agent agent)
    {
        var parts = new List<MatchPart>(7);
        if (_weights.Type > 0) parts.Add(Type(agent));
        if (_weights.Skills > 0) parts.Add(Skills(agent));
        if (_weights.Similarity > 0) parts.Add(Nearest(agent));
        parts.Add(Experience(agent));
        parts.Add(Availability(agent));
        parts.Add(Tier(agent));
        parts.Add(Price(agent));
        return parts;
    }

    public static double Score(IReadOnlyList<MatchPart> parts) => Math.Min(1, parts.Sum(part => part.Contribution));

    private MatchPart Type(Agent agent) => agent.Type == request.AgentType
        ? new MatchPart("type", _weights.Type, 1, $"is {Wording.A(agent.Type)}, as preferred")
        : new MatchPart("type", _weights.Type, 0, $"is {Wording.A(agent.Type)}; {Wording.A(request.AgentType!)} is preferred");

    private MatchPart Skills(Agent agent)
    {
        var coverage = Coverage(agent);
        var value = coverage.Sum(item => item.Degree * item.Share) / coverage.Sum(item => item.Share);
        var words = coverage.Select(item => item.Degree switch
        {
            1 => $"lists {taxonomy.TitleOf(item.Skill)}",
            0 => $"lacks {taxonomy.TitleOf(item.Skill)}",
            _ => $"covers {taxonomy.TitleOf(item.Skill)} in part ({Wording.Number(item.Degree)})",
        });
        return new MatchPart("skills", _weights.Skills, value, Wording.List([.. words]));
    }

    /// <summary>The nearest capability or the description counts, so that a further capability never lowers the value.</summary>
    private MatchPart Nearest(Agent agent)
    {
        var value = Similarity.Of(embedder.Embed(request.Text), embedder.Embed(agent.Description));
        var what = "its description";
        foreach (var capability in agent.Capabilities)
        {
            var near = Nearness(capability);
            if (near <= value) continue;
            value = near;
            what = $"its skill '{capability}'";
        }

        return new MatchPart("similarity", _weights.Similarity, value, $"{what} is nearest to what the step says ({Wording.Number(value)})");
    }

    private MatchPart Experience(Agent agent)
    {
        var tasks = agent.Completed + agent.Failed;
        return new MatchPart("experience", _weights.Experience, Math.Clamp(agent.ExperienceScore, 0, 1), tasks == 0
            ? $"{agent.ExperienceLevel}; no tasks yet, so {Wording.Number(agent.ExperienceScore)} is what the level promises"
            : $"{agent.ExperienceLevel}; {Wording.Number(agent.ExperienceScore)} after {agent.Completed} completed and {agent.Failed} failed tasks");
    }

    private MatchPart Availability(Agent agent) =>
        new("availability", _weights.Availability, FreeShare(agent), $"{Math.Max(0, agent.Capacity - agent.InFlight)} of {agent.Capacity} places free");

    private MatchPart Tier(Agent agent)
    {
        var value = 1 - (AgentTiers.Distance(agent.Tier, request.TierPreference) / 2.0);
        return new MatchPart("tier", _weights.Tier, value, value == 1 ? $"is of the preferred tier {agent.Tier}" : $"is of tier {agent.Tier}; {request.TierPreference} is preferred");
    }

    private MatchPart Price(Agent agent) =>
        new("price", _weights.Price, PriceValue(agent.PriceMicro), $"costs {AgentPrices.Text(agent.PriceMicro)} a task");

    /// <summary>1 for free, 0.5 for one credit, towards 0.</summary>
    public static double PriceValue(long micro) => 1 / (1 + ((double)Math.Max(0, micro) / AgentPrices.Credit));

    private static double FreeShare(Agent agent) =>
        agent.Capacity <= 0 ? 0 : Math.Clamp((double)(agent.Capacity - agent.InFlight) / agent.Capacity, 0, 1);

    private double Nearness(string capability)
    {
        if (!_nearness.TryGetValue(capability, out var value)) _nearness[capability] = value = search.Nearness(request.Text, capability);
        return value;
    }
}
