using System.Text.Json.Nodes;
using Bunit;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.Transform;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Tests.Web.Ui.Forms;

public sealed class ExpressionFieldTests : UiTest
{
    private readonly List<PreviewText> _asked = [];

    [Fact]
    public async Task Suggestions_OpenMoveAndClose()
    {
        var box = Form("""{"items":"input.rows","filter":"in"}""").FindComponents<ExpressionBox>()[1];

        await box.InvokeAsync(() => box.Instance.Ask("in", 0, false));
        Assert.Equal(["input", "input.rows"], box.FindAll("[role=option] .name").Select(one => one.TextContent));
        Assert.Equal(box.FindAll("[role=option]")[0].Id, box.Find("textarea").GetAttribute("aria-activedescendant"));

        await box.InvokeAsync(() => box.Instance.Key("ArrowDown"));
        Assert.Equal("true", box.FindAll("[role=option]")[1].GetAttribute("aria-selected"));

        await box.InvokeAsync(() => box.Instance.Key("Escape"));
        Assert.Empty(box.FindAll("[role=option]"));
    }

    [Fact]
    public void Preview_IsAskedOncePerTextWithTheItemsBesideIt()
    {
        var form = Form("""{"items":"input.rows","filter":"item.a > 1"}""");

        form.WaitForAssertion(() => Assert.Contains("answer", form.Find("[data-field=filter] .preview").TextContent, StringComparison.Ordinal));
        Assert.Equal("input.rows", Assert.Single(_asked, one => one.Value!.ToString() == "item.a > 1").Items!.ToString());
        var before = _asked.Count;
        form.Render(p => p.Add(f => f.Value, (JsonObject)JsonNode.Parse("""{"items":"input.rows","filter":"item.a > 2"}""")!));
        form.WaitForAssertion(() => Assert.Equal(before + 1, _asked.Count));
    }

    [Fact]
    public void Preview_ThatFails_SaysWhy()
    {
        var form = Form("""{"items":"wrong"}""");

        form.WaitForAssertion(() => Assert.Contains("nothing like that here", form.Find("[data-field=items] .preview.wrong").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<SchemaForm> Form(string value) => Render<SchemaForm>(p => p
        .Add(f => f.Schema, new TransformStep().SettingsSchema)
        .Add(f => f.Value, (JsonObject)JsonNode.Parse(value)!)
        .Add(f => f.Hints, new FormHints { Reach = [new("input", "object", null), new("input.rows", "list", "2 items")], PreviewAsync = PreviewAsync })
        .Add(f => f.OnChange, _ => { }));

    private Task<ExpressionPreview> PreviewAsync(PreviewText text, CancellationToken cancellationToken)
    {
        _asked.Add(text);
        return Task.FromResult(text.Value!.ToString() == "wrong"
            ? new ExpressionPreview { Problem = new Problem(ProblemCodes.ExpressionUnresolved, "There is nothing like that here.") }
            : new ExpressionPreview { Value = JsonValue.Create("answer"), Kind = "text" });
    }
}
