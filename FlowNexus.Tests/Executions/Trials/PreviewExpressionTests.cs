using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Executions.Trials;

public sealed class PreviewExpressionTests
{
    private const string Draft = """
        {"name":"w","steps":[
          {"name":"load","type":"transform","set":{"rows":"{{ input.rows }}","n":"{{ length(input.rows) }}"}},
          {"name":"aside","type":"transform","depends_on":[],"set":{"x":1}},
          {"name":"look","type":"transform","depends_on":["load"],"value":"?"},
          {"name":"after","type":"transform","depends_on":["look"],"value":1}]}
        """;

    [Fact]
    public async Task Expression_IsEvaluatedOnTheLatestExecution()
    {
        await using var engine = await EngineHost.StartAsync();
        var place = await PlaceAsync(engine);

        Assert.Equal(("number", "3"), await ShowAsync(engine, place, "n + 1", isExpression: true));
        Assert.Equal(("number", "2"), await ShowAsync(engine, place, "{{ steps.load.output.n }}", isExpression: true));
        Assert.Equal(("text", "\"2 rows\""), await ShowAsync(engine, place, "{{ n }} rows", isExpression: false));
    }

    [Fact]
    public async Task Item_IsTheFirstOfTheItems()
    {
        await using var engine = await EngineHost.StartAsync();
        var place = await PlaceAsync(engine);

        var preview = await engine.Get<PreviewExpression>().RunAsync(Principal.LocalOwner, place, new PreviewText(JsonValue.Create("item.a > 4"), true) { Items = JsonValue.Create("steps.load.output.rows") });

        Assert.Equal("true", preview.Value!.ToJsonString());
    }

    [Fact]
    public async Task StepThatDoesNotComeBefore_IsOutOfReach_AndTheProblemSaysSo()
    {
        await using var engine = await EngineHost.StartAsync();
        var place = await PlaceAsync(engine);

        var preview = await engine.Get<PreviewExpression>().RunAsync(Principal.LocalOwner, place, new PreviewText(JsonValue.Create("steps.aside.output.x"), true));

        Assert.Equal(ProblemCodes.ExpressionUnresolved, preview.Problem!.Code);
    }

    [Fact]
    public async Task PinnedOutput_CountsInsteadOfTheExecutions()
    {
        await using var engine = await EngineHost.StartAsync();
        var place = await PlaceAsync(engine) with { Pins = (JsonObject)JsonNode.Parse("""{"load":{"n":40}}""")! };

        Assert.Equal(("number", "42"), await ShowAsync(engine, place, "n + 2", isExpression: true));
    }

    [Fact]
    public async Task Reach_NamesWhatComesBefore_WithKindsAndSamples()
    {
        await using var engine = await EngineHost.StartAsync();
        var reach = await engine.Get<PreviewExpression>().ReachAsync(Principal.LocalOwner, await PlaceAsync(engine));

        Assert.Contains(new DataInReach("steps.load.output.n", "number", "2"), reach.Data);
        Assert.Contains(new DataInReach("steps.load.output.rows", "list", "2 items"), reach.Data);
        Assert.Contains(new DataInReach("steps.load.output.rows[0].a", "number", "5"), reach.Data);
        Assert.Contains(reach.Data, one => one.Path == "input.rows");
        Assert.DoesNotContain(reach.Data, one => one.Path.Contains("aside", StringComparison.Ordinal) || one.Path.Contains("after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reach_WithoutAnExecution_StillNamesTheSteps()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""{"name":"w","steps":[{"name":"load","type":"transform","value":1}]}""");

        var reach = await engine.Get<PreviewExpression>().ReachAsync(Principal.LocalOwner, new TrialPlace(workflow, (JsonObject)JsonNode.Parse(Draft)!, "look"));

        Assert.Null(reach.ExecutionId);
        Assert.Contains(new DataInReach("steps.load.output", "", null), reach.Data);
    }

    private static async Task<TrialPlace> PlaceAsync(EngineHost engine)
    {
        var execution = await engine.RunAsync("""{"name":"w","steps":[{"name":"load","type":"transform","set":{"rows":"{{ input.rows }}","n":"{{ length(input.rows) }}"}},{"name":"aside","type":"transform","set":{"x":1}},{"name":"after","type":"transform","value":1}]}""", """{"rows":[{"a":5},{"a":6}]}""");
        return new TrialPlace((await engine.StatusAsync(execution)).WorkflowId, (JsonObject)JsonNode.Parse(Draft)!, "look");
    }

    private static async Task<(string Kind, string? Value)> ShowAsync(EngineHost engine, TrialPlace place, string text, bool isExpression)
    {
        var preview = await engine.Get<PreviewExpression>().RunAsync(Principal.LocalOwner, place, new PreviewText(JsonValue.Create(text), isExpression));
        Assert.True(preview.Problem is null, preview.Problem?.Message);
        return (preview.Kind, preview.Value?.ToJsonString());
    }
}
