using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Tests.Web.Ui.Forms;

public sealed class FormChangeTests
{
    [Theory]
    [InlineData("""{"a":1}""", "b/c", "2", """{"a":1,"b":{"c":2}}""")]
    [InlineData("""{"a":1,"b":{"c":2}}""", "b/c", null, """{"a":1}""")]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", "b/c", null, """{"a":1,"b":{"d":3}}""")]
    [InlineData("""{"a":1,"b":2}""", "a", "[5]", """{"a":[5],"b":2}""")]
    [InlineData("""{"a":1}""", "x/y", null, """{"a":1}""")]
    [InlineData("""{"a":1}""", "a", null, "{}")]
    public void ApplyTo_SetsOrRemovesAndLeavesTheRest(string before, string path, string? value, string after)
    {
        var whole = (JsonObject)JsonNode.Parse(before)!;
        var change = new FormChange(path.Split('/'), value is null ? null : JsonNode.Parse(value));

        Assert.Equal(after, change.ApplyTo(whole).ToJsonString());
        Assert.Equal(before, whole.ToJsonString());
    }
}
