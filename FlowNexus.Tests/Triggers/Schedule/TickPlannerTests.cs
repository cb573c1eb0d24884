using FlowNexus.Engine.Triggers.Schedule;

namespace FlowNexus.Tests.Triggers.Schedule;

public sealed class TickPlannerTests
{
    private static readonly DateTimeOffset Nine = new(2025, 6, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Timetable Hourly = Timetable.Of("0 * * * *", null);
    private static readonly Timetable EverySecond = Timetable.Of("* * * * * *", null);

    [Fact]
    public void Decide_NothingDue_WaitsForTheNext() =>
        Assert.Equal(new ScheduleDecision(null, null, Nine.AddHours(1)), TickPlanner.Decide(Hourly, Nine, Nine.AddMinutes(59), Minute, MissedPolicy.Skip));

    [Fact]
    public void Decide_OnTime_StartsItAndWaitsForTheNext() =>
        Assert.Equal(new ScheduleDecision(null, Nine, Nine.AddHours(1)), TickPlanner.Decide(Hourly, Nine.AddMinutes(-5), Nine, Minute, MissedPolicy.Skip));

    [Theory]
    [InlineData(MissedPolicy.Skip)]
    [InlineData(MissedPolicy.Last)]
    public void Decide_LateWithinTheGrace_StartsOneAfterTheOther(MissedPolicy policy)
    {
        var decision = TickPlanner.Decide(EverySecond, Nine, Nine.AddSeconds(5), Minute, policy);
        Assert.Equal(new ScheduleDecision(null, Nine.AddSeconds(1), Nine.AddSeconds(2)), decision);
    }

    [Fact]
    public void Decide_LaterThanTheGrace_IsMissed()
    {
        Assert.Equal(Nine, TickPlanner.Decide(Hourly, Nine.AddMinutes(-5), Nine.AddSeconds(59), Minute, MissedPolicy.Skip).Start);
        var late = TickPlanner.Decide(Hourly, Nine.AddMinutes(-5), Nine.AddSeconds(60), Minute, MissedPolicy.Skip);
        Assert.Equal(new ScheduleDecision(new SkippedTicks(1, true, Nine, Nine), null, Nine.AddHours(1)), late);
    }

    [Fact]
    public void Decide_Skip_LeavesOutAllThatWereMissed()
    {
        var decision = TickPlanner.Decide(Hourly, Nine, Nine.AddHours(3).AddMinutes(5), TimeSpan.Zero, MissedPolicy.Skip);
        Assert.Equal(new ScheduleDecision(new SkippedTicks(3, true, Nine.AddHours(1), Nine.AddHours(3)), null, Nine.AddHours(4)), decision);
    }

    [Fact]
    public void Decide_Last_StartsTheLastMissedAndLeavesOutTheRest()
    {
        var decision = TickPlanner.Decide(Hourly, Nine, Nine.AddHours(3).AddMinutes(5), TimeSpan.Zero, MissedPolicy.Last);
        Assert.Equal(new ScheduleDecision(new SkippedTicks(2, true, Nine.AddHours(1), Nine.AddHours(2)), Nine.AddHours(3), Nine.AddHours(4)), decision);
    }

    [Fact]
    public void Decide_LastOfOne_SkipsNothing() =>
        Assert.Equal(new ScheduleDecision(null, Nine.AddHours(1), Nine.AddHours(2)), TickPlanner.Decide(Hourly, Nine, Nine.AddMinutes(90), TimeSpan.Zero, MissedPolicy.Last));

    [Theory]
    [InlineData(MissedPolicy.Skip)]
    [InlineData(MissedPolicy.Last)]
    public void Decide_AYearOfSeconds_StopsCountingAndGoesOnFromNow(MissedPolicy policy)
    {
        var now = Nine.AddYears(1).AddMilliseconds(300);
        var decision = TickPlanner.Decide(EverySecond, Nine, now, TimeSpan.Zero, policy);
        Assert.False(decision.Skipped!.IsExact);
        Assert.Equal(TickPlanner.MostCounted, decision.Skipped.Count);
        Assert.Equal(Nine.AddYears(1).AddSeconds(1), decision.Next);
        Assert.Equal(policy == MissedPolicy.Last ? Nine.AddYears(1) : null, decision.Start);
        Assert.Equal(policy == MissedPolicy.Last ? Nine.AddYears(1).AddSeconds(-1) : Nine.AddYears(1), decision.Skipped.Last);
    }

    [Fact]
    public void SkippedTicks_SaysHowMany() =>
        Assert.Equal("3 ticks were missed, the first at 2025-06-02T09:00:00Z.", new SkippedTicks(3, true, Nine, Nine.AddHours(2)).ToString());
}
