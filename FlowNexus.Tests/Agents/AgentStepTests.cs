using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Agents.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Tests.Agents;

public sealed class AgentStepTests
{
    private static readonly Agent Tester = FreshAgents.All.Single(agent => agent.Id == "agent_tester_judge");

    [Fact]
    public async Task Run_GivesTheStepToTheSkillItsWordsAskFor()
    {
        var result = await RunAsync(SkillKit.Step("model_validation"), Tester, SkillKit.All);
        Assert.Equal("evaluate_model", result.Output!["did"]!.GetValue<string>());
    }

    [Fact]
    public async Task Run_GivesTheSkillRenderedSettings_WithoutRenderingDataAgain()
    {
        var step = SkillKit.Step("check", null, new JsonObject { ["limit"] = "{{ input.limit }}", ["note"] = "{{ input.note }}" }, new JsonObject { ["dataset"] = "{{ input.dataset }}_2024" });
        var check = new OwnSkill("check", context => StepResult.Completed(new JsonObject
        {
            ["limit"] = context.Step.Setting("limit")?.DeepClone(),
            ["note"] = context.Step.Setting("note")?.DeepClone(),
            ["dataset"] = context.Step.Setting("dataset")?.DeepClone(),
        }));
        var result = await RunAsync(step, Tester, [check], new JsonObject { ["limit"] = 5, ["note"] = "{{ input.limit }}", ["dataset"] = "sales" });
        Assert.Equal("""{"limit":5,"note":"{{ input.limit }}","dataset":"sales_2024"}""", result.Output!.ToJsonString());
    }

    [Fact]
    public async Task Run_LeavesExpressionsToTheSkillThatEvaluatesThemItself()
    {
        var own = new OwnSkill("check", context => StepResult.Completed(context.Step.Setting("filter")!.DeepClone()))
        {
            SettingsSchema = (JsonObject)JsonNode.Parse("""{"type":"object","properties":{"filter":{"type":"string","x-expression":true}}}""")!,
        };
        var result = await RunAsync(SkillKit.Step("check", null, new JsonObject { ["filter"] = "{{ revenue > 100 }}" }), Tester, [own]);
        Assert.Equal("{{ revenue > 100 }}", result.Output!.GetValue<string>());
    }

    [Fact]
    public async Task Run_WithAnExpressionThatLeadsNowhere_Fails()
    {
        var step = SkillKit.Step("check", null, new JsonObject { ["limit"] = "{{ input.nothing }}" });
        var failure = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(step, Tester, SkillKit.All, new JsonObject { ["limit"] = 5 }));
        Assert.Equal(ProblemCodes.ExpressionUnresolved, failure.Problem.Code);
    }

    [Theory]
    [InlineData("""{"score":0.85}""", null, null)]
    [InlineData("""{"score":0.9}""", null, null)]
    [InlineData("""{"score":0.84}""", null, "SCORE_BELOW_THRESHOLD")]
    [InlineData("""{"accuracy":0.9}""", null, "SCORE_MISSING")]
    [InlineData("""{"score":"high"}""", null, "SCORE_MISSING")]
    [InlineData("""{"score":85}""", null, "SCORE_MISSING")]
    [InlineData("""{"metrics":{"accuracy":0.9}}""", "metrics.accuracy", null)]
    [InlineData("""{"metrics":{"accuracy":0.1}}""", "metrics.accuracy", "SCORE_BELOW_THRESHOLD")]
    [InlineData("""{"runs":[{"f1":0.99}]}""", "runs.0.f1", null)]
    public async Task Run_WithAThreshold_HoldsTheScoreAgainstIt(string output, string? path, string? code)
    {
        var step = SkillKit.Step("check") with { ValidationThreshold = 0.85, ScorePath = path };
        var result = await RunAsync(step, Tester, [new OwnSkill("check", _ => StepResult.Completed(JsonNode.Parse(output)))]);
        Assert.Equal(code, result.Failure?.Code);
        if (code == ProblemCodes.ScoreBelowThreshold) Assert.True(result.Failure!.Facts!["score"]!.GetValue<double>() < 0.85);
    }

    [Fact]
    public async Task Run_ByAnAgentOfAnotherProvider_FailsAndSaysSo()
    {
        var result = await RunAsync(SkillKit.Step("check"), Tester with { Provider = "worker" }, SkillKit.All);
        Assert.Equal(ProblemCodes.AgentUnavailable, result.Failure!.Code);
    }

    [Fact]
    public void Validate_ReportsAnUnknownSkillAndEveryBadExpression()
    {
        var problems = new List<ProblemDetail>();
        Type(SkillKit.All).Validate(SkillKit.Step("x", null, new JsonObject { ["skill"] = "juggle", ["a"] = "{{ 1 + }}" }, new JsonObject { ["b"] = "{{ ( }}" }), problems.Add);
        Assert.Equal(["/b", "/config/a", "/config/skill"], problems.Select(problem => problem.Pointer).Order(StringComparer.Ordinal));
        Assert.Contains("clean", problems.Single(problem => problem.Pointer == "/config/skill").Allowed!);
    }

    [Fact]
    public void SettingsSchema_ListsEachSkillsSettings()
    {
        var limit = Type(SkillKit.All).SettingsSchema["properties"]!["limit"]!;
        Assert.Contains("clean", limit["x-skills"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void AddAgents_RegistersTheAgentStep()
    {
        var services = new ServiceCollection();
        services.AddAgents();
        services.AddSingleton<ISkill>(new OwnSkill("clean"));
        using var provider = services.BuildServiceProvider(validateScopes: true);
        Assert.IsType<AgentStepType>(Assert.Single(provider.GetServices<StepType>()));
        Assert.NotNull(provider.GetRequiredService<Engine.Agents.Matching.AgentMatcher>());
        Assert.NotNull(provider.GetRequiredService<Engine.Agents.Matching.StepRequests>());
    }

    private static AgentStepType Type(IReadOnlyList<ISkill> skills) => new(skills, MatchKit.Selector);

    private static Task<StepResult> RunAsync(StepDefinition step, Agent agent, IReadOnlyList<ISkill> skills, JsonNode? input = null) =>
        ((IEffectBehaviour)Type(skills).Prepare(step)).RunAsync(SkillKit.Context(step, agent, input), CancellationToken.None);
}
