using FlowNexus.Engine.Insights;

namespace FlowNexus.Tests.Insights;

public sealed class DashboardRangeTests
{
    [Theory]
    [InlineData("1h", "2026-11-25T02:07:00Z", "2026-11-25T01:10:00Z", "2026-11-25T02:10:00Z")]
    [InlineData("24h", "2026-11-25T02:00:00Z", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z")]
    [InlineData("24h", "2026-11-25T02:00:00.0000001Z", "2026-11-24T03:00:00Z", "2026-11-25T03:00:00Z")]
    [InlineData("7d", "2026-11-25T02:07:00Z", "2026-11-18T06:00:00Z", "2026-11-25T06:00:00Z")]
    public void Window_EndsWithTheBucketUnderWay(string range, string now, string from, string until) =>
        Assert.Equal((At(from), At(until)), DashboardRange.Of(range).Window(At(now)));

    [Theory]
    [InlineData(new double[] { 5 }, 5)]
    [InlineData(new double[] { 1, 2, 3, 4 }, 4)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 }, 19)]
    public void Percentile_IsTheNearestRank(double[] values, double expected) =>
        Assert.Equal(expected, WeightedPercentile.Of(values.Select(value => (value, 1.0)), .95));

    [Fact]
    public void Percentile_Weighted_IsThatOfThePopulation() =>
        Assert.Equal(1, WeightedPercentile.Of([(100, 1), (1, 99)], .95));

    [Fact]
    public void Percentile_OfNothing_IsNone() => Assert.Null(WeightedPercentile.Of([], .5));

    [Fact]
    public async Task SharedReading_AskedManyTimesAtOnce_ReadsOnce_AndNeverGivesWhatWasReadBefore()
    {
        var reads = 0;
        var reading = new SharedReading<int>(() => Task.FromResult(Interlocked.Increment(ref reads)), TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var first = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => reading.ReadAsync()));
        Assert.InRange(first.Max(), 1, 2);
        Assert.True(await reading.ReadAsync() > first.Max());
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
