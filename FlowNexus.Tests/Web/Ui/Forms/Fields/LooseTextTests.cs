using System.Text.Json.Nodes;
using CsCheck;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Tests.Web.Ui.Forms.Fields;

public sealed class LooseTextTests
{
    [Theory]
    [InlineData("gold", "\"gold\"")]
    [InlineData("5m", "\"5m\"")]
    [InlineData("2xx", "\"2xx\"")]
    [InlineData("30", "30")]
    [InlineData("\"30\"", "\"30\"")]
    [InlineData("true", "true")]
    [InlineData("[200, 404]", "[200,404]")]
    [InlineData("{{ steps.a.output }}", "\"{{ steps.a.output }}\"")]
    [InlineData("{{ a }} and {{ b }}", "\"{{ a }} and {{ b }}\"")]
    [InlineData("""{"a": "{{ x }}"}""", """{"a":"{{ x }}"}""")]
    [InlineData("2026-01-31T09:00:00Z", "\"2026-01-31T09:00:00Z\"")]
    public void TryRead_TakesWhatPeopleType(string text, string expected)
    {
        Assert.Null(LooseText.TryRead(text, out var value));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), value), value?.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a": """)]
    [InlineData("[1, 2")]
    [InlineData("\"open")]
    public void TryRead_OfBrokenJson_SaysWhereAndGivesNothing(string text)
    {
        Assert.Contains("no valid JSON", LooseText.TryRead(text, out var value), StringComparison.Ordinal);
        Assert.Null(value);
    }

    [Fact]
    public void Of_ReadBack_IsTheSameText() => Gen.String.Where(text => text.Trim().Length > 0).Sample(text =>
    {
        Assert.Null(LooseText.TryRead(LooseText.Of(JsonValue.Create(text)), out var value));
        Assert.Equal(text, value!.GetValue<string>());
    });
}
