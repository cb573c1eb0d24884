using Cronos;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>When a schedule is due: a cron expression in a time zone. Ticks are instants, strictly increasing through both changes of summer time.</summary>
public sealed class Timetable
{
    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;

    private Timetable(CronExpression cron, TimeZoneInfo zone)
    {
        _cron = cron;
        _zone = zone;
    }

    /// <param name="cron">5 or 6 fields, or a macro, as the validator let it pass.</param>
    /// <param name="timeZone">IANA name; UTC when null.</param>
    /// <exception cref="CronFormatException">It is no cron expression.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static Timetable Of(string cron, string? timeZone) =>
        new(ScheduleRules.Parse(cron), timeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>The first tick after an instant, in UTC; null when there is none any more.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => _cron.GetNextOccurrence(instant, _zone)?.ToUniversalTime();

    /// <summary>The last tick before an instant, in UTC.</summary>
    /// <param name="tick">A tick before the instant.</param>
    /// <remarks>Found by halving, because Cronos looking backwards finds instants that are no ticks where summer time begins.</remarks>
    public DateTimeOffset LastBefore(DateTimeOffset instant, DateTimeOffset tick)
    {
        var (last, end) = (tick, instant);
        while (end - last > TimeSpan.FromSeconds(1))
        {
            var middle = last + ((end - last) / 2);
            if (NextAfter(middle) is { } next && next < instant) last = next;
            else end = middle;
        }

        return NextAfter(last) is { } after && after < instant ? after : last;
    }

    /// <summary>The same instant as the clocks of the time zone show it.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);
}
