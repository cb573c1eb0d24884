using System.Text.Json.Nodes;
using Bunit;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Web.Ui;
using FlowNexus.Web.Features.Workflows;

namespace FlowNexus.Tests.Web.Features.Workflows;

public sealed class RunFormTests : UiTest
{
    private const string Schema = """{"properties":{"dataset":{"type":"string"},"limit":{"type":"integer","default":10},"deep":{"type":"object","properties":{"on":{"type":"boolean","default":true}}}},"required":["dataset"]}""";

    private readonly List<string> _runs = [];

    [Fact]
    public void Fields_AreSentWithTheDefaultsOfWhatIsLeftOut()
    {
        var form = Form(Schema);

        form.Find("[data-field=dataset] input").Change("small_sample");
        form.Find(".button.primary").Click();

        Assert.Equal("""{"dataset":"small_sample","limit":10,"deep":{"on":true}}""", Assert.Single(_runs));
    }

    [Fact]
    public void Json_ThatCannotBeRead_IsNotRun()
    {
        var form = Form(null);

        form.Find("textarea").Change("{\"a\": ");
        form.Find(".button.primary").Click();
        Assert.Empty(_runs);
        form.Find("textarea").Change("[1]");
        form.Find(".button.primary").Click();
        Assert.Empty(_runs);
        form.Find("textarea").Change("""{"a":1}""");
        form.Find(".button.primary").Click();

        Assert.Equal("""{"a":1}""", Assert.Single(_runs));
    }

    [Fact]
    public void Refusal_StandsAtItsField()
    {
        var form = Render<RunForm>(p => p
            .Add(f => f.Schema, JsonNode.Parse(Schema))
            .Add(f => f.OnRun, _ => { })
            .Add(f => f.OnClose, () => { })
            .Add(f => f.Failure, new Problem(ProblemCodes.InvalidInputData, "It does not fit.") { Details = [new ProblemDetail("/limit", "type", "limit must be a number.")] }));

        Assert.Contains("limit must be a number.", form.Find("[data-field=limit]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void PastInput_Chosen_FillsTheFields()
    {
        var form = Render<RunForm>(p => p
            .Add(f => f.Schema, JsonNode.Parse(Schema))
            .Add(f => f.OnRun, input => _runs.Add(input.ToJsonString()))
            .Add(f => f.OnClose, () => { })
            .Add(f => f.PastInputs, [new PastInput("exec_0000001", "failed", Now.AddHours(-1))])
            .Add(f => f.ReadPastAsync, id => Task.FromResult(JsonNode.Parse($$"""{"dataset":"{{id}}","limit":3}"""))));

        form.Find(".past select").Change("exec_0000001");
        form.Find(".button.primary").Click();

        Assert.Equal("""{"dataset":"exec_0000001","limit":3,"deep":{"on":true}}""", Assert.Single(_runs));
    }

    private IRenderedComponent<RunForm> Form(string? schema) => Render<RunForm>(p => p
        .Add(f => f.Schema, schema is null ? null : JsonNode.Parse(schema))
        .Add(f => f.OnRun, input => _runs.Add(input.ToJsonString()))
        .Add(f => f.OnClose, () => { }));
}
