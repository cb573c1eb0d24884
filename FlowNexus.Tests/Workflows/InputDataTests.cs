using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

public sealed class InputDataTests
{
    private static readonly WorkflowDefinition Definition = Catalogues.Read("""
        {"name":"w","steps":["x"],"input_schema":{"type":"object","required":["dataset"],"additionalProperties":false,
         "properties":{"dataset":{"enum":["a","b"]},"rows":{"$ref":"#/$defs/count"},"tags":{"type":"array","minItems":1}},"$defs":{"count":{"type":"integer","minimum":1}}}}
        """).Require();

    [Theory]
    [InlineData("""{"dataset":"a","rows":3}""", "", "")]
    [InlineData("{}", "", "required")]
    [InlineData("null", "", "required")]
    [InlineData("""{"dataset":"c"}""", "/dataset", "enum")]
    [InlineData("""{"dataset":"a","rows":"x"}""", "/rows", "type")]
    [InlineData("""{"dataset":"a","rows":0}""", "/rows", "minimum")]
    [InlineData("""{"dataset":"a","tags":[]}""", "/tags", "min_items")]
    [InlineData("""{"dataset":"a","extra":1}""", "/extra", "additional_properties")]
    [InlineData("""{"dataset":"a\u0000"}""", "/dataset", "nul")]
    [InlineData("[1]", "", "type")]
    [InlineData("\"x\"", "", "type")]
    public void Input_AgainstItsSchema_TellsPointerAndRule(string input, string pointer, string rule)
    {
        var details = InputData.Validate(Definition, JsonNode.Parse(input));
        if (rule.Length == 0)
        {
            Assert.Empty(details);
            return;
        }

        var detail = Assert.Single(details);
        Assert.Equal((pointer, rule), (detail.Pointer, detail.Rule));
    }

    [Fact]
    public void EnumMismatch_ListsAllowedValues() =>
        Assert.Equal(["a", "b"], Assert.Single(InputData.Validate(Definition, JsonNode.Parse("""{"dataset":"c"}"""))).Allowed!);

    [Fact]
    public void TwoSchemasWithTheSameId_DoNotDisturbEachOther()
    {
        var first = CompiledInputSchema.Compile(Schema("string"));
        var second = CompiledInputSchema.Compile(Schema("number"));
        Assert.Empty(first.Validate(JsonNode.Parse("""{"x":"1"}""")));
        Assert.Empty(second.Validate(JsonNode.Parse("""{"x":1}""")));
        Assert.NotEmpty(first.Validate(JsonNode.Parse("""{"x":1}""")));

        static JsonObject Schema(string type) => (JsonObject)JsonNode.Parse($$$"""{"$id":"https://example.com/s","properties":{"x":{"$ref":"#/$defs/y"}},"$defs":{"y":{"type":"{{{type}}}" } } }""")!;
    }

    [Fact]
    public void OneCompiledSchema_ServesManyThreads()
    {
        var schema = CompiledInputSchema.Compile(Definition.InputSchema!);
        Parallel.For(0, 2000, i =>
        {
            Assert.Empty(schema.Validate(JsonNode.Parse("""{"dataset":"a","rows":3}""")));
            Assert.Equal("/rows", Assert.Single(schema.Validate(JsonNode.Parse("""{"dataset":"a","rows":0}"""))).Pointer);
            if (i % 100 == 0) CompiledInputSchema.Compile(Definition.InputSchema!);
        });
    }

    [Fact]
    public void NoSchema_AcceptsAnyObject() =>
        Assert.Empty(InputData.Validate(Catalogues.Read("""{"name":"w","steps":["x"]}""").Require(), JsonNode.Parse("""{"a":[1]}""")));
}
