using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Agents.Matching;

public sealed class SkillSelectorTests
{
    [Theory]
    [InlineData("data_extraction", "Extract data from multiple sources", false, "extract")]
    [InlineData("data_processing", "Clean and process extracted data", true, "clean")]
    [InlineData("report_generation", "Generate comprehensive reports", true, "report")]
    [InlineData("validate_input_data", "validate input data", true, "check")]
    [InlineData("data_preparation", null, false, "extract")]
    [InlineData("data_preparation", null, true, "clean")]
    [InlineData("model_validation", null, true, "evaluate_model")]
    [InlineData("data_assessment", null, false, "profile")]
    [InlineData("data_extraction", null, false, "extract")]
    [InlineData("step_1", "Generate comprehensive reports", true, "report")]
    public void Choose_OfTheContractsSteps_GivesTheSkillAPersonWould(string name, string? description, bool hasData, string skill) =>
        Assert.Equal(skill, MatchKit.Selector.Choose(SkillKit.Step(name, description), SkillKit.All, hasData).Skill?.Name);

    [Theory]
    [InlineData("data_preparation", "researcher", "extract")]
    [InlineData("data_assessment", "researcher", "profile")]
    [InlineData("model_validation", "tester", "evaluate_model")]
    public void Choose_AmongTheSkillsOfAnyAgentOfTheType_GivesTheSame(string name, string type, string skill)
    {
        foreach (var agent in FreshAgents.All.Where(agent => agent.Type == type && agent.Capabilities.Contains(skill)))
            Assert.Equal(skill, MatchKit.Selector.Choose(SkillKit.Step(name), MatchKit.Selector.Offered(agent, SkillKit.All), hasData: false).Skill?.Name);
    }

    [Fact]
    public void Choose_WithASkillNamedInSettings_TakesIt()
    {
        var step = SkillKit.Step("data_extraction", "Extract data", new JsonObject { ["skill"] = "reporting" });
        var choice = MatchKit.Selector.Choose(step, SkillKit.All);
        Assert.Equal(("report", "named"), (choice.Skill!.Name, choice.Method));
    }

    [Theory]
    [InlineData("step_1", "Book a flight to Lisbon")]
    [InlineData("step_1", null)]
    public void Choose_OfAStepAboutNothingKnown_IsAProblemWithTheNearestThree(string name, string? description)
    {
        var choice = MatchKit.Selector.Choose(SkillKit.Step(name, description), SkillKit.All);
        Assert.Null(choice.Skill);
        Assert.Equal(ProblemCodes.NoSuitableSkill, choice.Problem!.Code);
        Assert.Equal(3, choice.Problem.Facts!["nearest"]!.AsArray().Count);
        Assert.Contains("\"skill\"", choice.Problem.Message);
    }

    [Fact]
    public void Choose_WithASkillTheAgentLacks_SaysWhatItHas()
    {
        var step = SkillKit.Step("x", null, new JsonObject { ["skill"] = "report" });
        var problem = MatchKit.Selector.Choose(step, [.. SkillKit.All.Where(skill => skill.Name is "clean" or "profile")]).Problem!;
        Assert.Equal(ProblemCodes.NoSuitableSkill, problem.Code);
        Assert.Contains("clean", problem.Message);
    }

    [Fact]
    public void Choose_OfASkillTheTaxonomyDoesNotKnow_GoesByTheSkillsOwnWords()
    {
        ISkill own = new OwnSkill("geocode") { Description = "Find coordinates of street addresses", Aliases = ["geocoding", "locate addresses"] };
        var choice = MatchKit.Selector.Choose(SkillKit.Step("geocoding"), [own, .. SkillKit.All]);
        Assert.Equal("geocode", choice.Skill?.Name);
    }

    [Fact]
    public void Request_ForAStep_WantsTheSkillItsWordsPointTo_AndRequiresTheOneItsSettingsName()
    {
        var requests = new StepRequests(MatchKit.Selector, SkillKit.All);
        Assert.Equal(["clean"], requests.For(SkillKit.Step("data_processing", "Clean and process extracted data"), "balanced").SoftSkills);
        Assert.Equal(["report"], requests.For(SkillKit.Step("x", null, new JsonObject { ["skill"] = "reporting" }), "balanced").Skills);
        Assert.Empty(requests.For(SkillKit.Step("x"), "balanced").SoftSkills);
    }
}
