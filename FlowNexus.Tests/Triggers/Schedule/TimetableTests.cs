using Cronos;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Tests.Workflows;

namespace FlowNexus.Tests.Triggers.Schedule;

/// <summary>Each expectation is what the clocks of the place show, worked out by hand.</summary>
public sealed class TimetableTests
{
    [Theory]
    [InlineData("Europe/Berlin", "0 9 * * *", "2025-03-29T12:00:00Z", "2025-03-30T07:00:00Z")] // 9:00 is at 8:00 Z in winter, 7:00 Z in summer
    [InlineData("Europe/Berlin", "0 9 * * *", "2025-10-25T12:00:00Z", "2025-10-26T08:00:00Z")]
    [InlineData("America/New_York", "0 9 * * *", "2025-03-08T20:00:00Z", "2025-03-09T13:00:00Z")]
    [InlineData("America/New_York", "0 9 * * *", "2025-11-01T20:00:00Z", "2025-11-02T14:00:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2025-03-29T12:00:00Z", "2025-03-30T01:00:00Z")] // 2:30 does not exist: the moment the clocks jump
    [InlineData("America/New_York", "30 2 * * *", "2025-03-08T20:00:00Z", "2025-03-09T07:00:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2025-10-25T12:00:00Z", "2025-10-26T00:30:00Z")] // 2:30 exists twice: the first
    [InlineData("Europe/Berlin", "30 2 * * *", "2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z")] // and not again an hour later
    [InlineData("America/New_York", "30 1 * * *", "2025-11-01T20:00:00Z", "2025-11-02T05:30:00Z")]
    [InlineData("America/New_York", "30 1 * * *", "2025-11-02T05:30:00Z", "2025-11-03T06:30:00Z")]
    [InlineData(null, "@daily", "2025-03-29T12:00:00Z", "2025-03-30T00:00:00Z")]
    [InlineData(null, "*/10 * * * * *", "2025-03-29T12:00:01Z", "2025-03-29T12:00:10Z")]
    [InlineData(null, "0 0 L * *", "2025-02-01T00:00:00Z", "2025-02-28T00:00:00Z")]
    [InlineData(null, "0 0 * * MON#1", "2025-09-02T00:00:00Z", "2025-10-06T00:00:00Z")]
    public void NextAfter_ShowsTheHourOnTheClocksOfThePlace(string? zone, string cron, string after, string expected) =>
        Assert.Equal(At(expected), Timetable.Of(cron, zone).NextAfter(At(after)));

    [Theory]
    [InlineData("Europe/Berlin", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", 25)]
    [InlineData("Europe/Berlin", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z", 23)]
    [InlineData("America/New_York", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", 25)]
    [InlineData("America/New_York", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", 23)]
    public void EveryHour_FiresAsManyTimesAsTheDayHasHours(string zone, string midnight, string nextMidnight, int hours) =>
        Assert.Equal(hours, Ticks.Between(Timetable.Of("0 * * * *", zone), At(midnight).AddTicks(-1), At(nextMidnight).AddTicks(-1)).Count());

    [Fact]
    public void NextAfter_OfADayThatNeverComes_IsNull() => Assert.Null(Timetable.Of("0 0 31 2 *", null).NextAfter(At("2025-01-01T00:00:00Z")));

    [Theory]
    [InlineData("* * *")]
    [InlineData("61 * * * *")]
    [InlineData("every day")]
    public void Of_NoCronExpression_Throws(string cron) => Assert.Throws<CronFormatException>(() => Timetable.Of(cron, null));

    [Theory]
    [InlineData("61 * * * *")]
    [InlineData("H * * * *")] // a place chosen at random, which other schedulers have
    public void Definition_WithAnotherCron_IsRefusedWithItsPlace(string cron)
    {
        var read = Catalogues.Read($$"""{"name":"w","steps":[{"name":"a","type":"delay","duration":"1s"}],"triggers":[{"type":"schedule","cron":"{{cron}}"}]}""");
        Assert.Contains(read.Errors, problem => problem is { Pointer: "/triggers/0/cron", Rule: "cron" });
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
