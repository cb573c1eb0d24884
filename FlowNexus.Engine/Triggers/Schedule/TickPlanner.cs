namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Decides what a schedule does: a function of its timetable, what was dealt with already, and the time.</summary>
public static class TickPlanner
{
    /// <summary>Missed ticks are counted up to here.</summary>
    public const int MostCounted = 100_000;

    /// <param name="after">The tick, or the start of the schedule, up to which everything is dealt with.</param>
    /// <param name="grace">How late a tick may be and still count as on time; a later one is missed.</param>
    public static ScheduleDecision Decide(Timetable timetable, DateTimeOffset after, DateTimeOffset now, TimeSpan grace, MissedPolicy policy)
    {
        var first = timetable.NextAfter(after);
        if (first is not { } due || due > now) return new ScheduleDecision(null, null, first);
        var limit = now - grace;
        if (due > limit) return new ScheduleDecision(null, due, timetable.NextAfter(due));
        return Missed(timetable, due, limit, policy);
    }

    private static ScheduleDecision Missed(Timetable timetable, DateTimeOffset first, DateTimeOffset limit, MissedPolicy policy)
    {
        var (count, beforeLast, last) = (1, first, first);
        var next = timetable.NextAfter(first);
        while (next is { } tick && tick <= limit && count < MostCounted)
        {
            (count, beforeLast, last) = (count + 1, last, tick);
            next = timetable.NextAfter(tick);
        }

        var isExact = next is null || next > limit;
        if (!isExact)
        {
            last = timetable.LastBefore(limit + TimeSpan.FromTicks(1), last);
            beforeLast = timetable.LastBefore(last, beforeLast);
            next = timetable.NextAfter(last);
        }

        if (policy == MissedPolicy.Skip) return new ScheduleDecision(new SkippedTicks(count, isExact, first, last), null, next);
        return new ScheduleDecision(count == 1 ? null : new SkippedTicks(isExact ? count - 1 : count, isExact, first, beforeLast), last, next);
    }
}
