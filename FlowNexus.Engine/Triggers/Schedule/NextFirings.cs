using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>The coming ticks of a schedule, for previews.</summary>
public static class NextFirings
{
    public const int Most = 1000;

    /// <param name="trigger">A schedule; any other trigger has no ticks.</param>
    /// <param name="count">0 to <see cref="Most"/>; fewer come when the schedule ends.</param>
    /// <returns>Strictly increasing, with the offset that the schedule's time zone has then.</returns>
    public static IReadOnlyList<DateTimeOffset> Of(TriggerDefinition trigger, DateTimeOffset from, int count)
    {
        if (trigger.Cron is not { } cron) return [];
        var timetable = Timetable.Of(cron, trigger.TimeZone);
        var found = new List<DateTimeOffset>();
        var next = timetable.NextAfter(from);
        while (next is { } tick && found.Count < Math.Min(count, Most))
        {
            found.Add(timetable.Local(tick));
            next = timetable.NextAfter(tick);
        }

        return found;
    }
}
