using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Tests.Web.Ui.Forms.Fields;

public sealed class CompletionsTests
{
    private static readonly DataInReach[] Reach =
    [
        new("input", "object", "{ tier }"), new("input.tier", "text", "gold"),
        new("steps.extract.output", "object", "{ rows, count }"), new("steps.extract.output.rows", "list", "3 items"), new("steps.extract.output.rows[0].amount", "number", "12"),
        new("steps[\"my step\"].output", "object", null), new("steps[\"my step\"].output.total", "number", "4"),
    ];

    [Theory]
    [InlineData("in", 0, "input")]
    [InlineData("a > steps.ex", 4, "steps.extract.output")]
    [InlineData("steps.extract.output.", 0, "steps.extract.output.rows")]
    [InlineData("steps.extract.output.rows[0].a", 0, "steps.extract.output.rows[0].amount")]
    [InlineData("steps[\"my", 0, "steps[\"my step\"].output")]
    [InlineData("steps[\"my step\"].output.t", 0, "steps[\"my step\"].output.total")]
    [InlineData("len", 0, "length(")]
    [InlineData("ti", 0, "input.tier")]
    public void At_OffersWhatContinuesTheName(string before, int start, string first)
    {
        var (found, at) = Completions.At(before, Reach, asked: false);

        Assert.Equal(start, at);
        Assert.Equal(first, found[0].Insert);
    }

    [Theory]
    [InlineData("a == \"in")]
    [InlineData("12")]
    [InlineData("input.tier == ")]
    public void At_WhereNoNameIsTyped_StaysQuiet(string before) => Assert.Empty(Completions.At(before, Reach, asked: false).Found);

    [Fact]
    public void At_AskedFor_OffersDataAndThenFunctions()
    {
        var (found, _) = Completions.At("input.tier == ", Reach, asked: true);

        Assert.Equal("input", found[0].Insert);
        Assert.Contains(found, one => one.Insert == "round(");
    }

    [Fact]
    public void At_TellsKindAndSample() => Assert.Equal("text · gold", Completions.At("input.", Reach, asked: false).Found[0].About);
}
