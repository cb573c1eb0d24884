using Bunit;
using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Tests.Web.Ui.Charts;

public sealed class SparkbarsTests : UiTest
{
    [Fact]
    public void Bars_MoreThanTen_ShowTheLastTenAndSayWhatTheyAre()
    {
        SparkBar[] bars = [.. Enumerable.Repeat(new SparkBar("failed", TimeSpan.FromSeconds(1)), 5), .. Enumerable.Repeat(new SparkBar("completed", TimeSpan.FromSeconds(2)), 8)];

        var spark = Render<Sparkbars>(p => p.Add(s => s.Bars, bars));

        Assert.Equal(10, spark.FindAll(".bar").Count);
        Assert.Equal("Last executions: 2 failed, 8 completed", spark.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Bars_OfNothing_SaySo() =>
        Assert.Equal("No executions yet", Render<Sparkbars>(p => p.Add(s => s.Bars, [])).Find("[role=img]").GetAttribute("aria-label"));
}
