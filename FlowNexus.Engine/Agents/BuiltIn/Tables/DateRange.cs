using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>A span of time as people write it.</summary>
/// <param name="From">First moment, UTC; null is open.</param>
/// <param name="Before">First moment after it, UTC; null is open.</param>
public sealed partial record DateRange(DateTime? From, DateTime? Before)
{
    /// <summary>What can be written, for error messages.</summary>
    public static IReadOnlyList<string> Forms { get; } =
        ["2024", "2024-Q1", "2024-H1", "2024-03", "2024-03-15", "2024-01..2024-03", "2024-01-15..", "last 30 days"];

    public bool Contains(DateTime moment) => (From is null || moment >= From) && (Before is null || moment < Before);

    /// <param name="text">One of <see cref="Forms"/>; both ends of a range are inside it.</param>
    /// <param name="now">What "last 30 days" counts from.</param>
    public static DateRange? TryParse(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (LastForm().Match(text) is { Success: true } last)
        {
            var count = int.Parse(last.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
            var before = now.UtcDateTime.Date.AddDays(1);
            DateTime? start = char.ToLowerInvariant(last.Groups["unit"].Value[0]) switch
            {
                'd' => before.AddDays(-count),
                'w' => before.AddDays(-7 * count),
                'm' => before.AddMonths(-count),
                _ => before.AddYears(-Math.Min(count, 1000)),
            };
            return new DateRange(start, before);
        }
        foreach (var separator in (string[])["..", " to ", " - ", "/"])
        {
            var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            var left = text[..at].Trim();
            var right = text[(at + separator.Length)..].Trim('.', ' ');
            var first = left.Length == 0 ? new DateRange(null, null) : TryPeriod(left);
            var second = right.Length == 0 ? new DateRange(null, null) : TryPeriod(right);
            return first is null || second is null || (left.Length == 0 && right.Length == 0) || first.From >= second.Before ? null : new DateRange(first.From, second.Before);
        }
        return TryPeriod(text);
    }

    public override string ToString() =>
        $"{(From is { } from ? DateText.Format(from) : "the beginning")} to {(Before is { } before ? DateText.Format(before.AddDays(-1).Date) : "the end")}";

    private static DateRange? TryPeriod(string text)
    {
        if (PeriodForm().Match(text) is not { Success: true } match || !TryYear(match.Groups["year"].Value, out var year))
            return null;
        if (match.Groups["quarter"] is { Success: true } quarter)
            return Months(year, 3 * (quarter.ValueSpan[0] - '1') + 1, 3);
        if (match.Groups["half"] is { Success: true } half)
            return Months(year, 6 * (half.ValueSpan[0] - '1') + 1, 6);
        if (match.Groups["month"] is not { Success: true } monthGroup)
            return Months(year, 1, 12);
        var month = int.Parse(monthGroup.ValueSpan, CultureInfo.InvariantCulture);
        if (month is < 1 or > 12)
            return null;
        if (match.Groups["day"] is not { Success: true } dayGroup)
            return Months(year, month, 1);
        var day = int.Parse(dayGroup.ValueSpan, CultureInfo.InvariantCulture);
        return day < 1 || day > DateTime.DaysInMonth(year, month) ? null : Days(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc));
    }

    private static bool TryYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 1 and < 9999;

    private static DateRange Months(int year, int month, int count)
    {
        var from = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc);
        return new DateRange(from, from.AddMonths(count));
    }

    private static DateRange Days(DateTime from) => new(from, from.AddDays(1));

    [GeneratedRegex(@"^last[ _-]?(?<count>\d{1,4})[ _-]?(?<unit>days?|weeks?|months?|years?)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LastForm();

    [GeneratedRegex(
        @"^(?:[qQ](?<quarter>[1-4])[ -]?(?<year>\d{4})|(?<year>\d{4})(?:[ -]?[qQ](?<quarter>[1-4])|[ -]?[hH](?<half>[12])|-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PeriodForm();
}
