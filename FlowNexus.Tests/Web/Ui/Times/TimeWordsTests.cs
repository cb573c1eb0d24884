using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Tests.Web.Ui.Times;

public sealed class TimeWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0004, "< 1 ms")]
    [InlineData(0.812, "812 ms")]
    [InlineData(0.9996, "1.0 s")]
    [InlineData(4.2, "4.2 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 m")]
    [InlineData(134, "2 m 14 s")]
    [InlineData(3_900, "1 h 5 m")]
    [InlineData(86_400, "1 d")]
    [InlineData(273_600, "3 d 4 h")]
    [InlineData(-5, "0 ms")]
    public void Duration_OfEachMagnitude_ReadsInItsTwoLargestUnits(double seconds, string words) =>
        Assert.Equal(words, Plain(TimeWords.Duration(TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData(-3, "just now")]
    [InlineData(-47, "40 s ago")]
    [InlineData(-200, "3 m ago")]
    [InlineData(-9_000, "2 h ago")]
    [InlineData(-86_400, "yesterday")]
    [InlineData(-259_200, "3 d ago")]
    [InlineData(4, "in a moment")]
    [InlineData(125, "in 2 m")]
    public void Relative_OfEachDistance_Reads(double seconds, string words) =>
        Assert.Equal(words, Plain(TimeWords.Relative(Now.AddSeconds(seconds), Now, TimeZoneInfo.Utc)));

    [Fact]
    public void Relative_LongAgo_IsTheDateAndTheYearOnlyIfAnother()
    {
        Assert.Equal("2 Jan", TimeWords.Relative(new DateTimeOffset(2026, 1, 2, 9, 0, 0, TimeSpan.Zero), Now, TimeZoneInfo.Utc));
        Assert.Equal("2 Jan 2024", TimeWords.Relative(new DateTimeOffset(2024, 1, 2, 9, 0, 0, TimeSpan.Zero), Now, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Relative_DaysAreCountedInTheViewersZone()
    {
        // 30 hours back is two calendar days in UTC and one in Los Angeles.
        var at = Now.AddHours(-30);

        Assert.Equal("2 d ago", Plain(TimeWords.Relative(at, Now, TimeZoneInfo.Utc)));
        Assert.Equal("yesterday", TimeWords.Relative(at, Now, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")));
    }

    [Fact]
    public void Exact_InAZone_NamesIt() =>
        Assert.Equal("24 Nov 2026, 01:30:00 Europe/Berlin", TimeWords.Exact(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    private static string Plain(string words) => words.Replace('\u202F', ' ');
}
