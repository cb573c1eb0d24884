using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Expressions;

public sealed class TemplateTests
{
    private static readonly Engine.Steps.StepScope Scope = Scopes.Of("""{"name":"Ada","n":3,"list":[1,2],"nil":null}""", ("extract", """{"rows":120}"""));

    [Theory]
    [InlineData("\"{{ n }}\"", "3")]
    [InlineData("\"{{list}}\"", "[1,2]")]
    [InlineData("\"{{ nil }}\"", "null")]
    [InlineData("\"Hello {{ name }}, {{ n + 1 }} of {{ list }}{{ nil }}\"", "\"Hello Ada, 4 of [1,2]\"")]
    [InlineData("\" {{ n }}\"", "\" 3\"")]
    [InlineData("\"{{ \\\"}}\\\" }}{{ '{{' }}\"", "\"}}{{\"")]
    [InlineData("{\"a\":{\"b\":[\"{{ steps.extract.output.rows }}\",1]},\"c\":\"plain\",\"d\":{\"e\":null}}", "{\"a\":{\"b\":[120,1]},\"c\":\"plain\",\"d\":{\"e\":null}}")]
    [InlineData("\"no } braces { here\"", "\"no } braces { here\"")]
    [InlineData("null", "null")]
    public void Template_Rendered_KeepsTypesAndJoinsText(string source, string expected) =>
        Assert.Equal(expected, Template.Compile(JsonNode.Parse(source)).Render(Scope)?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null");

    [Fact]
    public void Template_RenderedTwice_SharesNothing()
    {
        var template = Template.Compile(JsonNode.Parse("""{"list":"{{ input.list }}","fixed":{"x":1}}"""));
        var first = template.Render(Scope)!.AsObject();
        first["fixed"]!["x"] = 2;
        first["list"]!.AsArray().Add(3);
        Assert.Equal("""{"list":[1,2],"fixed":{"x":1}}""", template.Render(Scope)!.ToJsonString());
    }

    [Fact]
    public void Template_WithSeveralErrors_ReportsEachWithItsPointer()
    {
        var problems = new List<ProblemDetail>();
        var source = JsonNode.Parse("""{"a":"{{ 1 + }}","b":["ok","{{ open"],"c/d":"{{ secrets.KEY }}"}""");
        Assert.Null(Template.TryCompile(source, "/config/set", problems.Add));
        Assert.Equal(["/config/set/a", "/config/set/b/1", "/config/set/c~1d"], problems.Select(problem => problem.Pointer));
        Assert.Contains("secret store", problems[2].Message);
    }

    [Fact]
    public void Template_KnowsItsExpressions()
    {
        var template = Template.Compile(JsonNode.Parse("""{"a":["{{ steps.x.output }}"]}"""));
        Assert.Equal("/a/0", Assert.Single(template.Expressions).Pointer);
        Assert.True(Template.Compile(JsonNode.Parse("[1]")).IsConstant);
    }
}
