using FlowNexus.Engine.Triggers.Schedule;

namespace FlowNexus.Tests.Triggers.Schedule;

internal static class Ticks
{
    /// <summary>After the first instant, up to and with the second.</summary>
    public static IEnumerable<DateTimeOffset> Between(Timetable timetable, DateTimeOffset after, DateTimeOffset until)
    {
        for (var next = timetable.NextAfter(after); next is { } tick && tick <= until; next = timetable.NextAfter(tick)) yield return tick;
    }
}
