using Bunit;
using FlowNexus.Web.Ui.Lists;

namespace FlowNexus.Tests.Web.Ui.Lists;

public sealed class FilterBarTests : UiTest
{
    private readonly List<ListQuery> _asked = [];

    [Fact]
    public void Typing_Fast_AsksOnceAfterThePause()
    {
        var bar = Bar(new ListQuery());

        foreach (var text in new[] { "d", "da", "data" })
        {
            bar.Find("input").Input(text);
            Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Empty(_asked);
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        bar.WaitForAssertion(() => Assert.Equal("data", Assert.Single(_asked).Text));
    }

    [Fact]
    public void Chip_Pressed_TogglesItsStatusAndKeepsTheText()
    {
        var bar = Bar(new ListQuery { Text = "x", Statuses = ["running"] });
        var chips = bar.FindAll(".toggle");
        Assert.Equal(["true", "false"], chips.Select(chip => chip.GetAttribute("aria-pressed")));

        chips[1].Click();

        var asked = Assert.Single(_asked);
        Assert.Equal(["running", "failed"], asked.Statuses);
        Assert.Equal("x", asked.Text);
    }

    private IRenderedComponent<FilterBar> Bar(ListQuery query) => Render<FilterBar>(p => p
        .Add(b => b.Query, query)
        .Add(b => b.QueryChanged, _asked.Add)
        .Add(b => b.Statuses, ["running", "failed"]));
}
