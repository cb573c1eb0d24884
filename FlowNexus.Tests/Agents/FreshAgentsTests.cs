using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Taxonomy;

namespace FlowNexus.Tests.Agents;

public sealed class FreshAgentsTests
{
    [Fact]
    public void FreshAgents_OfEachType_AreThreeThatDiffer()
    {
        foreach (var type in FreshAgents.Types)
        {
            var agents = FreshAgents.All.Where(agent => agent.Type == type).ToList();
            Assert.Equal(3, agents.Count);
            Assert.Equal(3, agents.Select(agent => agent.Tier).Distinct().Count());
            Assert.Equal(3, agents.Select(agent => agent.PriceMicro).Distinct().Count());
            Assert.Equal(3, agents.Select(agent => string.Join(',', agent.Capabilities)).Distinct().Count());
        }

        Assert.Equal(FreshAgents.All.Count, FreshAgents.All.Select(agent => agent.Id).Distinct().Count());
    }

    [Fact]
    public void FreshAgents_ListOnlySkillsTheTaxonomyKnows_AndTogetherAllOfThem()
    {
        Assert.All(FreshAgents.All.SelectMany(agent => agent.Capabilities), skill => Assert.NotNull(SkillTaxonomy.Default.TryGet(skill)));
        Assert.All(SkillTaxonomy.Default.Concepts.Where(concept => !concept.IsBroad), skill => Assert.Contains(FreshAgents.All, agent => agent.Capabilities.Contains(skill.Name)));
    }

    [Fact]
    public void FreshAgents_WithABroadSkill_HaveASkillThatRunsForIt()
    {
        foreach (var agent in FreshAgents.All)
            foreach (var broad in agent.Capabilities.Select(SkillTaxonomy.Default.TryGet).Where(concept => concept!.IsBroad))
                Assert.True(broad!.Covers.Any(agent.Capabilities.Contains), $"{agent.Id} lists {broad.Name} and none of {string.Join(", ", broad.Covers)}");
    }

    [Theory]
    [InlineData("web_scraping", "web_scraping")]
    [InlineData("Web Scraping", "web_scraping")]
    [InlineData("data-analysis", "data_analysis")]
    [InlineData("fetching", "extract")]
    [InlineData("generating reports", "report")]
    [InlineData("summarization", "summarise")]
    [InlineData("underwater_welding", null)]
    public void Resolve_OfAWord_GivesTheSkillItMeans(string word, string? skill) =>
        Assert.Equal(skill, SkillTaxonomy.Default.Resolve(word)?.Name);
}
