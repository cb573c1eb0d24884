using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Tests.Agents.Matching;

internal static class MatchKit
{
    public static SkillEmbedder Embedder { get; } = new();

    public static AgentMatcher Matcher { get; } = new(SkillTaxonomy.Default, Embedder);

    public static SkillSearch Search { get; } = new(SkillTaxonomy.Default, Embedder);

    public static SkillSelector Selector { get; } = new(SkillTaxonomy.Default, Search);

    public static Agent Agent(string id, params string[] capabilities) => new()
    {
        Id = id,
        Type = "researcher",
        Name = id,
        Capabilities = capabilities,
        ExperienceLevel = "advanced",
        ExperienceScore = 0.8,
        Tier = AgentTiers.Balanced,
        PriceMicro = AgentPrices.OfTier(AgentTiers.Balanced),
        Capacity = 4,
    };

    /// <summary>The contract's example.</summary>
    public static AgentRequest ContractRequest => new()
    {
        StepName = "data_extraction",
        StepDescription = "Extract data from multiple sources",
        AgentType = "researcher",
        Skills = ["data_analysis", "web_scraping"],
        ExperienceLevel = ExperienceLevel.Intermediate,
        Immediate = true,
    };
}
