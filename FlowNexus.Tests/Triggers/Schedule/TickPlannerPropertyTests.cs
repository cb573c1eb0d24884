using CsCheck;
using FlowNexus.Engine.Triggers.Schedule;

namespace FlowNexus.Tests.Triggers.Schedule;

/// <summary>Schedules around changes of summer time, with a process that looks at irregular times and is sometimes gone.</summary>
public sealed class TickPlannerPropertyTests
{
    private static readonly Gen<string> Cron = Gen.OneOf(
        Gen.OneOf("@hourly", "@daily", "*/15 * * * *", "30 2 * * *", "30 1 * * *", "0 3 * * 0", "15,45 0-4 * * *", "0 */7 * * *", "0 0 2 * * *", "*/20 30 1-3 * * *", "0 2 L * *", "0 2 * * SUN#2"),
        Gen.Select(Gen.Int[0, 59], Gen.Int[0, 23]).Select((minute, hour) => FormattableString.Invariant($"{minute} {hour} * * *")),
        Gen.Select(Gen.Int[1, 59], Gen.Int[0, 4]).Select((step, hour) => FormattableString.Invariant($"*/{step} {hour}-{hour + 3} * * *")));

    private static readonly Gen<string> Zone = Gen.OneOf("Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe");

    /// <summary>Around the changes of 2025: in Berlin, New York, and on Lord Howe, where they are by half an hour.</summary>
    private static readonly Gen<DateTimeOffset> Start =
        Gen.Select(Gen.OneOf((3, 30), (10, 26), (3, 9), (11, 2), (4, 6), (10, 5)), Gen.Int[-48 * 60, 12 * 60])
            .Select((day, minutes) => new DateTimeOffset(2025, day.Item1, day.Item2, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<MissedPolicy> Policy = Gen.OneOf(MissedPolicy.Skip, MissedPolicy.Last);

    /// <summary>Seconds between two looks: mostly short, sometimes hours.</summary>
    private static readonly Gen<int[]> Looks = Gen.OneOf(Gen.Int[0, 50], Gen.Int[30, 4000], Gen.Int[0, 90_000]).Array[1, 40];

    [Fact]
    public void Ticks_AlwaysIncrease() =>
        Gen.Select(Cron, Zone, Start).Sample((cron, zone, start) =>
        {
            var timetable = Timetable.Of(cron, zone);
            var before = start;
            for (var i = 0; i < 200 && timetable.NextAfter(before) is { } tick; i++)
            {
                Assert.True(tick > before, $"{cron} in {zone}: {tick:O} after {before:O}");
                Assert.Equal(TimeSpan.Zero, tick.Offset);
                before = tick;
            }
        }, iter: 2000);

    [Fact]
    public void LastBefore_IsTheTickBefore() =>
        Gen.Select(Cron, Zone, Start).Sample((cron, zone, start) =>
        {
            var timetable = Timetable.Of(cron, zone);
            var ticks = Ticks.Between(timetable, start, start.AddDays(3)).Take(100).ToList();
            foreach (var (earlier, later) in ticks.Zip(ticks.Skip(1)))
            {
                Assert.Equal(earlier, timetable.LastBefore(later, ticks[0]));
                Assert.Equal(later, timetable.LastBefore(later.AddTicks(1), ticks[0]));
            }
        }, iter: 2000);

    [Fact]
    public void Decisions_DealWithEveryTickOnceAndInOrder() =>
        Gen.Select(Cron, Zone, Start, Policy, Looks, Gen.Int[0, 120]).Sample((cron, zone, start, policy, looks, graceSeconds) =>
        {
            var timetable = Timetable.Of(cron, zone);
            var grace = TimeSpan.FromSeconds(graceSeconds);
            var (after, now) = (start, start);
            var started = new List<DateTimeOffset>();
            var dealtWith = 0;
            foreach (var seconds in looks)
            {
                now = now.AddSeconds(seconds);
                ScheduleDecision decision;
                do
                {
                    decision = TickPlanner.Decide(timetable, after, now, grace, policy);
                    if (decision.Skipped is { } skipped)
                    {
                        Assert.True(skipped.First > after && skipped.Last >= skipped.First && skipped.Last <= now - grace);
                        dealtWith += skipped.Count;
                        after = skipped.Last;
                    }

                    if (decision.Start is { } due)
                    {
                        Assert.True(due > after && due <= now);
                        started.Add(due);
                        dealtWith++;
                        after = due;
                    }

                    Assert.True(decision.Next is null || decision.Next > after);
                }
                while (decision.Start is not null || decision.Skipped is not null);
            }

            Assert.Equal(Ticks.Between(timetable, start, now).Count(), dealtWith);
            Assert.Equal(started.Distinct().Order(), started);
        }, iter: 1000);
}
