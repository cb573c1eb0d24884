using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Agents.Matching;

public sealed class AgentMatcherTests
{
    [Fact]
    public void Match_OfTheContractsRequest_GivesAResearcherWithAlternatives()
    {
        var match = MatchKit.Matcher.Match(MatchKit.ContractRequest, FreshAgents.All);

        Assert.Equal("researcher", match.Winner!.Type);
        Assert.InRange(match.Score, 0.85, 1);
        Assert.NotEmpty(match.Alternatives);
        Assert.DoesNotContain(match.Alternatives, alternative => alternative.Agent.Id == match.Winner.Id);
        Assert.Equal(match.Alternatives.OrderByDescending(alternative => alternative.Score).Select(alternative => alternative.Agent.Id), match.Alternatives.Select(alternative => alternative.Agent.Id));
        Assert.All(match.Excluded, exclusion => Assert.Equal(ExclusionRule.MissingSkill, exclusion.Rule));
    }

    [Theory]
    [InlineData("data_extraction", "Extract data from multiple sources", "researcher")]
    [InlineData("data_processing", "Clean and process extracted data", "analyst")]
    [InlineData("report_generation", "Generate comprehensive reports", "coder")]
    [InlineData("data_preparation", null, "researcher")]
    [InlineData("model_validation", null, "tester")]
    [InlineData("data_assessment", null, "researcher")]
    public void Match_OfTheContractsSteps_GivesAnAgentOfTheNamedType(string name, string? description, string type)
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = name, StepDescription = description, AgentType = type }, FreshAgents.All);
        Assert.Equal(type, match.Winner!.Type);
    }

    [Fact]
    public void Match_WithoutAType_GivesAnAgentThatHasTheSkill()
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "model_validation", SoftSkills = ["evaluate_model"] }, FreshAgents.All);
        Assert.Contains("evaluate_model", match.Winner!.Capabilities);
    }

    [Fact]
    public void Alternative_ThatCoversOneSkillLess_IsToldSoInWords()
    {
        var winner = MatchKit.Agent("agent_a", "data_analysis", "web_scraping");
        var other = MatchKit.Agent("agent_b", "data_analysis", "extract");
        var match = MatchKit.Matcher.Match(MatchKit.ContractRequest with { UseVectorSimilarity = false }, [other, winner]);

        Assert.Equal("agent_a", match.Winner!.Id);
        Assert.Equal("High data analysis skills, but lower web scraping experience", match.Alternatives[0].Reason);
        Assert.Null(match.Alternatives[0].WouldWinIf);
    }

    [Fact]
    public void Match_WhenThePreferredTypeLacksTheSkill_GivesAnotherTypeAndSaysWhy()
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "x", AgentType = "coordinator", Skills = ["evaluate_model"] }, FreshAgents.All);
        Assert.NotEqual("coordinator", match.Winner!.Type);
        Assert.Contains("No coordinator can do it", match.Reason);
        Assert.Contains("evaluate_model", match.Reason);
    }

    [Fact]
    public void Match_WhenAnotherTypeScoresHigher_NamesTheBestOfThePreferredType()
    {
        var analyst = MatchKit.Agent("agent_analyst", "clean") with { Type = "analyst" };
        var coder = MatchKit.Agent("agent_coder", "report") with { Type = "coder" };
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "clean_data", AgentType = "coder", SoftSkills = ["clean"] }, [analyst, coder]);
        Assert.Equal("agent_analyst", match.Winner!.Id);
        Assert.Contains("The best coder, agent_coder, scores", match.Reason);
    }

    [Fact]
    public void Match_WithARequiredType_ExcludesTheOthers()
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "clean_data", AgentType = "tester", TypeRequired = true }, FreshAgents.All);
        Assert.Equal("tester", match.Winner!.Type);
        Assert.All(match.Excluded, exclusion => Assert.Equal(ExclusionRule.WrongType, exclusion.Rule));
    }

    [Fact]
    public void Match_WithAnExperienceLevel_TakesThatLevelAndAbove()
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "clean_data", ExperienceLevel = ExperienceLevel.Advanced }, FreshAgents.All);
        Assert.All(match.Alternatives.Select(alternative => alternative.Agent).Append(match.Winner!), agent => Assert.Contains(agent.ExperienceLevel, (string[])["advanced", "expert"]));
        Assert.Equal(FreshAgents.All.Count(agent => agent.ExperienceLevel == "intermediate"), match.Excluded.Count(exclusion => exclusion.Rule == ExclusionRule.TooLittleExperience));
    }

    [Fact]
    public void Match_Immediate_NeverGivesAnAgentAtCapacity()
    {
        IReadOnlyList<Agent> busy = [.. FreshAgents.All.Select(agent => agent with { InFlight = agent.Capacity })];
        var request = new AgentRequest { StepName = "clean_data", Immediate = true };
        var match = MatchKit.Matcher.Match(request, busy);
        Assert.Null(match.Winner);
        Assert.True(match.WaitingHelps);
        Assert.NotNull(MatchKit.Matcher.Match(request with { Immediate = false }, busy).Winner);

        var problem = AgentMatchProblem.Unavailable(request, match);
        Assert.Equal(ProblemCodes.AgentUnavailable, problem.Code);
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public void Match_WithASkillNobodyHas_SaysThatWaitingDoesNotHelp()
    {
        var request = new AgentRequest { StepName = "x", Skills = ["underwater_welding"] };
        var match = MatchKit.Matcher.Match(request, FreshAgents.All);
        Assert.Null(match.Winner);
        Assert.False(match.WaitingHelps);
        var problem = AgentMatchProblem.Unavailable(request, match);
        Assert.Equal(FreshAgents.All.Count, problem.Details.Count);
        Assert.Contains("underwater_welding", problem.Details[0].Message);
    }

    [Fact]
    public void Match_WithExcludedIds_GivesAnother()
    {
        var request = new AgentRequest { StepName = "clean_data", AgentType = "analyst" };
        var first = MatchKit.Matcher.Match(request, FreshAgents.All).Winner!;
        var second = MatchKit.Matcher.Match(request with { ExcludedIds = new HashSet<string> { first.Id } }, FreshAgents.All);
        Assert.NotEqual(first.Id, second.Winner!.Id);
        Assert.Contains(second.Excluded, exclusion => exclusion.Agent.Id == first.Id && exclusion.Rule == ExclusionRule.HadTheTask);
    }

    [Theory]
    [InlineData("cost_optimized", "agent_analyst_tidy")]
    [InlineData("balanced", "agent_analyst_ledger")]
    [InlineData("performance", "agent_analyst_insight")]
    public void Match_FollowsTheTierPreference(string tier, string winner)
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "clean", AgentType = "analyst", TierPreference = tier }, FreshAgents.All);
        Assert.Equal(winner, match.Winner!.Id);
    }

    [Fact]
    public void Match_WithoutVectors_HasNoSimilarityPart()
    {
        var match = MatchKit.Matcher.Match(new AgentRequest { StepName = "clean", UseVectorSimilarity = false }, FreshAgents.All);
        Assert.DoesNotContain(match.Parts, part => part.Name == "similarity");
        Assert.Equal(1, match.Parts.Sum(part => part.Weight), 12);
    }

    [Fact]
    public void BadFit_OfANamedAgent_GivesItsScoreAndTheBetterOne()
    {
        var scribe = FreshAgents.All.Single(agent => agent.Id == "agent_coder_scribe");
        var fit = MatchKit.Matcher.Judge(MatchKit.ContractRequest, scribe);
        Assert.Equal(ExclusionRule.MissingSkill, fit.Exclusion!.Rule);
        var problem = AgentMatchProblem.BadFit(fit, MatchKit.Matcher.Match(MatchKit.ContractRequest, FreshAgents.All));
        Assert.Equal(ProblemCodes.Conflict, problem.Code);
        Assert.Equal(fit.Score, problem.Facts!["match_score"]!.GetValue<double>());
        Assert.Contains("force", problem.Message);
    }
}
