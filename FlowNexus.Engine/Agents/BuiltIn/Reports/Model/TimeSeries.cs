using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

public enum TimeUnit { Day, Week, Month, Quarter, Year }

/// <summary>A measure over time. Periods without rows are zero when the measure adds up, and left out when it is a mean.</summary>
public sealed record TimeSeries(Measure Measure, TimeUnit Unit, IReadOnlyList<TimePoint> Points)
{
    public static TimeSeries Of(Column date, Measure measure, TimeUnit unit)
    {
        var tallies = new SortedDictionary<DateTime, Tally>();
        var (first, last) = (DateTime.MaxValue, DateTime.MinValue);
        for (var row = 0; row < date.Values.Length; row++)
        {
            if (date.Values[row] is not DateTime at) continue;
            if (at < first) first = at;
            if (at > last) last = at;
            var start = Start(at, unit);
            tallies.TryGetValue(start, out var tally);
            tally.Add(measure.At(row));
            tallies[start] = tally;
        }
        if (tallies.Count == 0) return new TimeSeries(measure, unit, []);
        var points = new List<TimePoint>();
        for (var start = Start(first, unit); start <= last; start = Next(start, unit))
        {
            tallies.TryGetValue(start, out var tally);
            if (!measure.Additive && tally.Values == 0) continue;
            var next = Next(start, unit);
            points.Add(new TimePoint(start, tally.Of(measure), tally.Rows, IsPartial(start, next, first, last)));
        }
        return new TimeSeries(measure, unit, points);
    }

    /// <summary>The unit that gives a line 8 to about 60 points where it can.</summary>
    public static TimeUnit ForLine(DateTime first, DateTime last) => (last - first).TotalDays switch
    {
        <= 45 => TimeUnit.Day,
        <= 400 => TimeUnit.Week,
        <= 365 * 5 => TimeUnit.Month,
        <= 365 * 15 => TimeUnit.Quarter,
        _ => TimeUnit.Year,
    };

    /// <summary>The unit people compare by.</summary>
    public static TimeUnit ForComparison(DateTime first, DateTime last) => (last - first).TotalDays switch
    {
        <= 14 => TimeUnit.Day,
        <= 45 => TimeUnit.Week,
        <= 365 * 3 => TimeUnit.Month,
        _ => TimeUnit.Year,
    };

    public string Label(TimePoint point) => Unit switch
    {
        TimeUnit.Day => point.Start.ToString("d MMM", CultureInfo.InvariantCulture),
        TimeUnit.Week => point.Start.ToString("d MMM", CultureInfo.InvariantCulture),
        TimeUnit.Month => point.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        TimeUnit.Quarter => $"Q{(point.Start.Month + 2) / 3} {point.Start.Year}",
        _ => point.Start.Year.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>In running text.</summary>
    public string Words(TimePoint point) => Unit switch
    {
        TimeUnit.Week => $"the week from {NumberText.Day(point.Start)}",
        TimeUnit.Month => point.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        TimeUnit.Day => NumberText.Day(point.Start),
        _ => Label(point),
    };

    private static DateTime Start(DateTime at, TimeUnit unit) => unit switch
    {
        TimeUnit.Day => at.Date,
        TimeUnit.Week => at.Date.AddDays(-(((int)at.DayOfWeek + 6) % 7)),
        TimeUnit.Month => new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        TimeUnit.Quarter => new DateTime(at.Year, ((at.Month - 1) / 3 * 3) + 1, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime(at.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    private static DateTime Next(DateTime start, TimeUnit unit) => unit switch
    {
        TimeUnit.Day => start.AddDays(1),
        TimeUnit.Week => start.AddDays(7),
        TimeUnit.Month => start.AddMonths(1),
        TimeUnit.Quarter => start.AddMonths(3),
        _ => start.AddYears(1),
    };

    /// <summary>More than a tenth of the period lies before the first or after the last date.</summary>
    private static bool IsPartial(DateTime start, DateTime next, DateTime first, DateTime last)
    {
        var uncovered = Math.Max(0, (first.Date - start).TotalDays) + Math.Max(0, (next - last.Date.AddDays(1)).TotalDays);
        return uncovered > (next - start).TotalDays / 10;
    }
}

/// <param name="Start">First instant of the period, UTC.</param>
/// <param name="Partial">The data covers only part of the period.</param>
public sealed record TimePoint(DateTime Start, double Value, int Rows, bool Partial);
