using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps.HttpRequest;
using FlowNexus.Engine.Steps.Transform;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Tests.Web.Ui.Forms.Fields;

public sealed class GroupLayoutTests
{
    private static readonly JsonObject Transform = new TransformStep().SettingsSchema;

    [Fact]
    public void Alternatives_NothingGiven_ShowsTheFirst()
    {
        var layout = Layout(Transform, "{}");

        Assert.Equal(["set"], layout.Shown.Select(field => field.Name));
        Assert.Equal(["set", "value", "items"], layout.Alternatives.Select(field => field.Name));
        Assert.True(layout.Shown[0].Required);
    }

    [Fact]
    public void Alternatives_OneGiven_ShowsItAndWhatDependsOnIt() =>
        Assert.Equal(["items", "filter", "map"], Layout(Transform, """{"items":"input.rows"}""", "set").Shown.Select(field => field.Name));

    [Fact]
    public void Alternatives_ChosenAndEmptied_StaysChosen() =>
        Assert.Equal("items", Layout(Transform, "{}", "items").Chosen);

    [Fact]
    public void Alternatives_SeveralGiven_ShowsThemAll() =>
        Assert.Equal(["set", "value"], Layout(Transform, """{"set":{},"value":1}""").Shown.Select(field => field.Name));

    [Fact]
    public void UnknownNames_AreKeptApart() =>
        Assert.Equal(["x_trace"], Layout(Transform, """{"set":{},"x_trace":true}""").Others);

    [Fact]
    public void Skills_NoneChosen_WaitTogether_AndTheChosenOnesAreShown()
    {
        var schema = (JsonObject)JsonNode.Parse("""{"properties":{"skill":{"type":"string"},"by":{"type":"string","x-skills":["split"]},"on":{"type":"string","x-skills":["merge","split"]},"sql":{"type":"string","x-skills":["query"]}}}""")!;

        Assert.Equal(["by", "on", "sql"], Layout(schema, "{}").Waiting.Select(field => field.Name));
        Assert.Equal(["skill", "by", "on"], Layout(schema, """{"skill":"split"}""").Shown.Select(field => field.Name));
        Assert.Equal(["skill", "on", "sql"], Layout(schema, """{"skill":"merge","sql":"SELECT 1"}""").Shown.Select(field => field.Name));
    }

    [Fact]
    public void Wrong_FieldsAreShownWhateverTheyDependOn()
    {
        var schema = new HttpRequestStep(null!).SettingsSchema;

        Assert.DoesNotContain(Layout(schema, """{"url":"x"}""").Shown, field => field.Name == "body");
        Assert.Contains(GroupLayout.Of(schema, [], null, name => name == "body").Shown, field => field.Name == "body");
        Assert.Contains(Layout(schema, """{"url":"x","method":"POST"}""").Shown, field => field.Name == "body");
    }

    private static GroupLayout Layout(JsonObject schema, string value, string? chosen = null) =>
        GroupLayout.Of(schema, (JsonObject)JsonNode.Parse(value)!, chosen, _ => false);
}
