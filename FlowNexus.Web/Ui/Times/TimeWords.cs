using System.Globalization;

namespace FlowNexus.Web.Ui.Times;

/// <summary>Times and durations as people read them. Pure.</summary>
public static class TimeWords
{
    // Between a number and its unit: they never part at the end of a line.
    private const char Gap = '\u202F';

    /// <summary><c>812 ms</c>, <c>4.2 s</c>, <c>2 m 14 s</c>, <c>1 h 5 m</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan length)
    {
        if (length < TimeSpan.Zero) length = TimeSpan.Zero;
        if (length.TotalMilliseconds is > 0 and < 1) return $"<{Gap}1{Gap}ms";
        if (length.TotalMilliseconds < 999.5) return $"{length.TotalMilliseconds:0}{Gap}ms";
        if (length.TotalSeconds < 9.95) return string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.0}{Gap}s");
        var seconds = (long)Math.Round(length.TotalSeconds);
        return seconds switch
        {
            < 60 => $"{seconds}{Gap}s",
            < 3600 => Two(seconds / 60, 'm', seconds % 60, 's'),
            < 86_400 => Two(seconds / 3600, 'h', seconds % 3600 / 60, 'm'),
            _ => Two(seconds / 86_400, 'd', seconds % 86_400 / 3600, 'h'),
        };
    }

    /// <summary>The same, for something that still runs: whole seconds only, so that it ticks calmly.</summary>
    public static string Ticking(TimeSpan length) =>
        length.TotalSeconds < 9.95 ? $"{Math.Max(0, (int)length.TotalSeconds)}{Gap}s" : Duration(TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds)));

    /// <summary><c>just now</c>, <c>40 s ago</c>, <c>in 3 m</c>, <c>yesterday</c>, <c>12 d ago</c>, then the date.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var past = at <= now;
        var distance = past ? now - at : at - now;
        if (distance.TotalSeconds < 10) return past ? "just now" : "in a moment";

        // In steps of ten: a list of recent rows must not flicker every second.
        if (distance.TotalSeconds < 60) return Around($"{(int)distance.TotalSeconds / 10 * 10}{Gap}s", past);
        if (distance.TotalMinutes < 60) return Around($"{(int)distance.TotalMinutes}{Gap}m", past);
        if (distance.TotalHours < 24) return Around($"{(int)distance.TotalHours}{Gap}h", past);

        var there = TimeZoneInfo.ConvertTime(at, zone);
        var here = TimeZoneInfo.ConvertTime(now, zone);
        var days = Math.Abs((here.Date - there.Date).Days);
        if (days == 1) return past ? "yesterday" : "tomorrow";
        if (days < 30) return Around($"{days}{Gap}d", past);
        return there.ToString(there.Year == here.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary><c>24 Nov 2026, 14:31:07 Europe/Berlin</c>.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " " + zone.Id;

    /// <summary>A moment in few words: <c>14:30</c> of the same day, else <c>24 Nov, 14:30</c>.</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        var here = TimeZoneInfo.ConvertTime(now, zone);
        return there.ToString(there.Date == here.Date ? "HH:mm" : there.Year == here.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Around(string distance, bool past) => past ? $"{distance} ago" : $"in {distance}";

    private static string Two(long large, char largeUnit, long small, char smallUnit) =>
        small == 0 ? $"{large}{Gap}{largeUnit}" : $"{large}{Gap}{largeUnit} {small}{Gap}{smallUnit}";
}
