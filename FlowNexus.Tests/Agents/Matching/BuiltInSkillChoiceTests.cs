using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.BuiltIn;
using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Tests.Agents.Matching;

/// <summary>The shipped skills with their own aliases choose like the taxonomy alone.</summary>
public sealed class BuiltInSkillChoiceTests
{
    [Fact]
    public void Choose_OfHeldOutSteps_AmongTheShippedSkills_IsRightAtLeast95TimesInAHundred()
    {
        var skills = Skills();
        Assert.Equal(SkillTaxonomy.Default.Concepts.Where(concept => !concept.IsBroad).Select(concept => concept.Name).Order(StringComparer.Ordinal), skills.Select(skill => skill.Name).Order(StringComparer.Ordinal));
        var steps = LabelledSteps.HeldOut.Where(step => step.Skill != "none").ToList();
        var wrong = steps.Select(step => (step.Text, step.Skill, Chosen: MatchKit.Selector.Choose(SkillKit.Step("step_1", step.Text), skills).Skill?.Name)).Where(item => item.Chosen != item.Skill).ToList();
        Assert.True(wrong.Count <= steps.Count * 0.05, string.Join("; ", wrong));
    }

    private static List<ISkill> Skills()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-choice-").FullName;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(_ => DataFolder.Open(folder, folder));
        services.AddBuiltInSkills();
        List<ISkill> skills;
        using (var provider = services.BuildServiceProvider()) skills = [.. provider.GetServices<ISkill>()];
        Directory.Delete(folder, recursive: true);
        return skills;
    }
}
