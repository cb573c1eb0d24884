using System.Text.Json.Nodes;
using Bunit;
using FlowNexus.Web.Ui.Json;

namespace FlowNexus.Tests.Web.Ui.Json;

public sealed class JsonViewerTests : UiTest
{
    [Fact]
    public void Markup_InAValue_IsTextInTreeAndInText()
    {
        var viewer = View(new JsonObject { ["evil"] = "<img src=x onerror=alert(1)>" });
        Assert.Empty(viewer.FindAll("img"));
        Assert.Contains("<img src=x", viewer.Find(".string").TextContent, StringComparison.Ordinal);

        viewer.FindAll(".modes button")[1].Click();

        Assert.Empty(viewer.FindAll("img"));
        Assert.Contains("<img src=x", viewer.Find("pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfManyThousands_RendersAPageAtATime()
    {
        var viewer = View(new JsonArray([.. Enumerable.Range(0, 20_000).Select(i => (JsonNode?)i)]));
        Assert.Equal(100, viewer.FindAll(".leaf").Count);

        viewer.Find(".more").Click();

        Assert.Equal(200, viewer.FindAll(".leaf").Count);
    }

    [Fact]
    public void Branch_Folded_RendersNothingOfItsInside()
    {
        var viewer = View(JsonNode.Parse("""{"a":{"b":{"c":{"deep":1}}}}""")!);
        Assert.DoesNotContain("deep", viewer.Markup, StringComparison.Ordinal);

        foreach (var _ in Enumerable.Range(0, 2)) viewer.Find("button[aria-expanded=false]").Click();

        Assert.Contains("deep", viewer.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_Long_IsCutUntilAskedFor()
    {
        var viewer = View(new JsonObject { ["long"] = new string('x', 5_000) });
        Assert.Equal(301, viewer.Find(".string").TextContent.Length);

        viewer.Find(".more").Click();

        Assert.Equal(5_000, viewer.Find(".string").TextContent.Length);
    }

    private IRenderedComponent<JsonViewer> View(JsonNode value) => Render<JsonViewer>(p => p.Add(v => v.Value, value));
}
