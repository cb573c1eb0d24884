using FlowNexus.Engine.Insights;
using FlowNexus.Web.Features.Dashboard;

namespace FlowNexus.Tests.Web.Features.Dashboard;

public sealed class TrendWordsTests
{
    [Theory]
    [InlineData(112, 100, "12 % more than last week")]
    [InlineData(50, 100, "50 % fewer than last week")]
    [InlineData(3, 3, "As many as last week")]
    [InlineData(3, 0, "None last week")]
    [InlineData(2000, 100, "19 times more than last week")]
    [InlineData(3, null, "Nothing last week")]
    public void Count_InWords(double now, int? before, string expected) =>
        Assert.Equal(expected, Plain(TrendWords.Count(new Trend(now, before, []))));

    [Theory]
    [InlineData(.98, .96, "2 points higher than last week")]
    [InlineData(.5, .51, "1 point lower than last week")]
    [InlineData(null, .5, "Nothing last week")]
    public void Share_InWords(double? now, double? before, string expected) =>
        Assert.Equal(expected, TrendWords.Share(new Trend(now, before, [])));

    [Theory]
    [InlineData(5.0, 3.8, "1.2 s slower than last week")]
    [InlineData(1.0, 121.0, "2 m faster than last week")]
    public void Duration_InWords(double now, double before, string expected) =>
        Assert.Equal(expected, Plain(TrendWords.Duration(new Trend(now, before, []))));

    private static string Plain(string words) => words.Replace('\u202F', ' ');
}
