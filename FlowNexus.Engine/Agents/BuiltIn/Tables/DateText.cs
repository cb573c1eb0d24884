using System.Globalization;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Reads dates as people and systems write them. Everything without an offset is UTC.</summary>
public static class DateText
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm", "yyyy/MM/dd", "yyyy/M/d",
    ];

    private static readonly string[] MonthFirst = ["M/d/yyyy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss"];
    private static readonly string[] Unambiguous = ["d.M.yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "d-MMM-yyyy"];

    /// <param name="text">One value.</param>
    /// <param name="dayFirst">How <c>03/04/2024</c> is meant: 3 April when true, March 4 when false.</param>
    /// <param name="value">UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool dayFirst, out DateTime value)
    {
        text = text.Trim();
        value = default;
        if (text.Length is < 8 or > 40)
            return false;
        if (char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]))
            return DateTime.TryParseExact(text, Iso, CultureInfo.InvariantCulture, Utc, out value);
        if (text[..6].Contains('/'))
            return DateTime.TryParseExact(text, dayFirst ? DayFirst : MonthFirst, CultureInfo.InvariantCulture, Utc, out value);
        return DateTime.TryParseExact(text, Unambiguous, CultureInfo.InvariantCulture, Utc, out value);
    }

    /// <summary>Whether the slash dates of a column put the day first: some first part is over 12 and no second part is.</summary>
    public static bool IsDayFirst(IEnumerable<string?> values)
    {
        var dayFirst = false;
        foreach (var value in values)
        {
            var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
            if (slash is not (1 or 2))
                continue;
            var second = value.AsSpan(slash + 1);
            var end = second.IndexOf('/');
            if (end is not (1 or 2) || !int.TryParse(value.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(second[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var next))
            {
                continue;
            }
            if (next > 12)
                return false;
            dayFirst |= first > 12;
        }
        return dayFirst;
    }

    /// <summary><c>2024-03-31</c>, or with the time when it has one: <c>2024-03-31T09:30:00Z</c>.</summary>
    public static string Format(DateTime value) => value.ToString(
        value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        CultureInfo.InvariantCulture);
}
