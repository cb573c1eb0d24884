using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Tests.Web.Ui.Charts;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Row_WithTwoAttempts_WaitsRunsWaitsAndRuns()
    {
        var row = new TimelineRow("validate", "completed", At(0), [new(At(10), At(30), "failed"), new(At(50), At(100), "completed")]);

        var bars = Timeline.Bars(row, Start, At(100)).ToList();

        Assert.Equal(["wait", "run", "wait", "run"], bars.Select(bar => bar.Kind));
        Assert.Equal(["queued", "failed", "queued", "completed"], bars.Select(bar => bar.Tone));
        Assert.Equal([0, .1, .3, .5], bars.Select(bar => bar.At));
        Assert.Equal([.1, .2, .2, .5], bars.Select(bar => Math.Round(bar.Share, 9)));
    }

    [Fact]
    public void Row_StillRunning_ReachesToNow()
    {
        var row = new TimelineRow("process", "in_progress", At(0), [new(At(0), null, "in_progress")]);

        var bar = Assert.Single(Timeline.Bars(row, Start, At(40)));

        Assert.Equal(1, bar.Share);
    }

    [Fact]
    public void Row_NeverReached_IsEmpty() =>
        Assert.Empty(Timeline.Bars(new TimelineRow("notify", "skipped", null, []), Start, At(40)));

    [Theory]
    [InlineData(0.004)]
    [InlineData(0.9)]
    [InlineData(134)]
    [InlineData(7_300)]
    [InlineData(900_000)]
    public void Axis_OfAnyLength_HasAFewTicksFromZero(double seconds)
    {
        var ticks = TimeAxis.Ticks(TimeSpan.FromSeconds(seconds));

        Assert.InRange(ticks.Count, 2, 8);
        Assert.Equal("0", ticks[0].Label);
        Assert.All(ticks, tick => Assert.InRange(tick.At, 0, 1));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
