using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Bunit;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.Conditional;
using FlowNexus.Engine.Steps.HttpRequest;
using FlowNexus.Engine.Steps.Transform;
using FlowNexus.Engine.Steps.Validation;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Tests.Web.Ui.Forms;

public sealed class SchemaFormTests : UiTest
{
    private readonly List<FormChange> _changes = [];

    [Fact]
    public void Typing_IsSentOnceAfterAPause_AndAgainOnlyWhenItChanged()
    {
        var form = Http("""{"url":"a"}""");
        var box = Field(form, "url").QuerySelector("textarea")!;

        foreach (var text in new[] { "ab", "abc" })
        {
            box.Input(text);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Empty(_changes);
        Clock.Advance(TimeSpan.FromMilliseconds(400));
        form.WaitForAssertion(() => Assert.Equal("url=\"abc\"", Assert.Single(Sent())));
        Field(form, "url").QuerySelector("textarea")!.Change("abc");
        Assert.Single(_changes);
    }

    [Fact]
    public void Typing_TheEchoOfAnEarlierPause_DoesNotTakeLettersAway()
    {
        var form = Http("""{"url":"a"}""");
        Field(form, "url").QuerySelector("textarea")!.Input("ab");
        Clock.Advance(TimeSpan.FromMilliseconds(400));
        form.WaitForAssertion(() => Assert.Single(_changes));
        var rendered = Field(form, "url").QuerySelector("textarea")!.GetAttribute("value");

        Field(form, "url").QuerySelector("textarea")!.Input("abc");
        form.Render(p => p.Add(f => f.Value, Parse("""{"url":"ab"}""")));

        Assert.Equal(rendered, Field(form, "url").QuerySelector("textarea")!.GetAttribute("value"));
    }

    [Fact]
    public void Field_Emptied_IsRemoved()
    {
        var form = Http("""{"url":"a","content_type":"text/plain"}""");

        Field(form, "content_type").QuerySelector("textarea")!.Change("");

        Assert.Equal("content_type=", Assert.Single(Sent()));
    }

    [Fact]
    public void Choice_OfTheDefault_IsNotStored()
    {
        var form = Http("""{"url":"a","method":"POST"}""");

        Field(form, "method").QuerySelector("select")!.Change("\"GET\"");
        Field(form, "method").QuerySelector("select")!.Change("GET");

        Assert.Equal("method=", Sent()[^1]);
    }

    [Fact]
    public void Number_OutOfBounds_IsSaidAndNotSent_AndKeepsItsText()
    {
        var form = Http("""{"url":"a"}""");

        Field(form, "request_timeout").QuerySelector("input")!.Change("4000");

        Assert.Empty(_changes);
        Assert.Contains("at most 3,600", Field(form, "request_timeout").TextContent, StringComparison.Ordinal);
        Assert.Equal("4000", Field(form, "request_timeout").QuerySelector("input")!.GetAttribute("value"));
        Field(form, "request_timeout").QuerySelector("input")!.Change("30");
        Assert.Equal("request_timeout=30", Assert.Single(Sent()));
        Assert.Empty(Field(form, "request_timeout").QuerySelectorAll(".problems"));
    }

    [Fact]
    public void BrokenJson_IsKeptAndSaid_AndTheValueStays()
    {
        var form = Http("""{"url":"a","method":"POST","body":{"a":1}}""");

        Field(form, "body").QuerySelector("textarea")!.Change("{\"a\": ");

        Assert.Empty(_changes);
        Assert.Contains("no valid JSON", Field(form, "body").TextContent, StringComparison.Ordinal);
        Assert.Equal("{\"a\": ", Field(form, "body").QuerySelector("textarea")!.GetAttribute("value"));
    }

    [Fact]
    public void Problem_StandsUnderItsField_AndDescribesIt()
    {
        var form = Http("""{"url":"a","headers":{"X":"1"}}""", new ProblemDetail("/url", "url", "Not an address."), new ProblemDetail("", "required", "Something is missing."));

        var box = Field(form, "url").QuerySelector("textarea")!;

        Assert.Equal("true", box.GetAttribute("aria-invalid"));
        Assert.Contains("Not an address.", form.Find("#" + box.GetAttribute("aria-describedby")!.Split(' ')[0]).TextContent, StringComparison.Ordinal);
        Assert.Contains("Something is missing.", form.Find(".schema-form > .problems").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownSettings_AreShownAndEditable()
    {
        var form = Http("""{"url":"a","x_trace":{"deep":[1]}}""");

        Field(form, "x_trace").QuerySelector("textarea")!.Change("""{"deep":[2]}""");

        Assert.Equal("""x_trace={"deep":[2]}""", Assert.Single(Sent()));
    }

    [Fact]
    public void Map_RowRenamed_KeepsItsPlace_AndTwoOfAName_AreSaid()
    {
        var form = Http("""{"url":"a","headers":{"A":"1","B":"2"}}""");

        Field(form, "headers").QuerySelectorAll(".pair > input")[0].Change("C");
        Assert.Equal("""headers={"C":"1","B":"2"}""", Assert.Single(Sent()));

        Field(form, "headers").QuerySelectorAll(".pair > input")[0].Change("B");
        Assert.Contains("Two rows are named B", Field(form, "headers").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Field(form, "headers").QuerySelectorAll(".pair").Length);
    }

    [Fact]
    public void Items_MovedByKeyboard_SendsTheNewOrder()
    {
        var form = Form(new ConditionalStep().SettingsSchema, """{"conditions":[{"if":"a","then":"x"},{"if":"b","then":"y"}]}""");

        form.FindAll(".card")[1].KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "ArrowUp", AltKey = true });

        Assert.Equal("""conditions=[{"if":"b","then":"y"},{"if":"a","then":"x"}]""", Assert.Single(Sent()));
        Assert.Contains("moved to 1 of 2", form.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_OneThatIsOnlyAName_StaysANameUntilItHasOptions()
    {
        var form = Form(new ValidationStep().SettingsSchema, """{"validation_rules":["not_empty"]}""");

        Field(form, "rule").QuerySelector("select")!.Change("format_check");
        Assert.Equal("""validation_rules=["format_check"]""", Sent()[^1]);

        Field(form, "column").QuerySelector("textarea, input")!.Change("mail");
        Assert.Contains("\"column\":\"mail\"", Sent()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Alternative_ChosenAgain_BringsBackWhatWasThere()
    {
        JsonObject value = Parse("""{"value":"{{ input }}"}""");
        IRenderedComponent<SchemaForm>? form = null;
        form = Render<SchemaForm>(p => p
            .Add(f => f.Schema, new TransformStep().SettingsSchema)
            .Add(f => f.Value, value)
            .Add(f => f.OnChange, change => form!.Render(q => q.Add(f => f.Value, value = change.ApplyTo(value)))));

        form.FindAll(".segment input")[0].Change(true);
        Assert.Equal("{}", value.ToJsonString());
        Assert.NotNull(Field(form, "set"));
        form.FindAll(".segment input")[1].Change(true);

        Assert.Equal("""{"value":"{{ input }}"}""", value.ToJsonString());
    }

    [Fact]
    public void Words_EnterAndCommaAdd_AndACrossRemoves()
    {
        var form = Form(Parse("""{"properties":{"columns":{"type":"array","items":{"type":"string"}},"then":{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}}}"""), """{"columns":["a"],"then":"x"}""");

        Field(form, "columns").QuerySelector("input")!.Input("b,");
        Assert.Equal("""columns=["a","b"]""", Sent()[^1]);
        Field(form, "then").QuerySelector("input")!.Input("y");
        Field(form, "then").QuerySelector("input")!.KeyDown("Enter");
        Assert.Equal("""then=["x","y"]""", Sent()[^1]);
        Field(form, "columns").QuerySelector(".remove")!.Click();
        Assert.Equal("columns=", Sent()[^1]);
    }

    private IRenderedComponent<SchemaForm> Http(string value, params ProblemDetail[] problems) => Form(new HttpRequestStep(null!).SettingsSchema, value, problems);

    private IRenderedComponent<SchemaForm> Form(JsonObject schema, string value, params ProblemDetail[] problems) => Render<SchemaForm>(p => p
        .Add(f => f.Schema, schema)
        .Add(f => f.Value, Parse(value))
        .Add(f => f.Problems, problems)
        .Add(f => f.Hints, new FormHints())
        .Add(f => f.OnChange, _changes.Add));

    private static IElement Field(IRenderedComponent<SchemaForm> form, string name) => form.Find($"[data-field={name}]");

    private List<string> Sent() => [.. _changes.Select(change => $"{string.Join('/', change.Path)}={change.Value?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}")];

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
