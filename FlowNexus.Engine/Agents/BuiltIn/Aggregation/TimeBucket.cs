using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Aggregation;

/// <summary>Puts moments into days, weeks, months, quarters or years; labels sort in time order.</summary>
internal static class TimeBucket
{
    public static readonly string[] Sizes = ["day", "week", "month", "quarter", "year"];

    public static string Label(DateTime moment, string size) => size switch
    {
        "day" => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "week" => $"{ISOWeek.GetYear(moment)}-W{ISOWeek.GetWeekOfYear(moment):00}",
        "month" => moment.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "quarter" => $"{moment.Year}-Q{(moment.Month + 2) / 3}",
        "year" => moment.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => throw SkillSettings.Wrong("time_bucket", $"'{size}' is not known", Sizes),
    };

    public static Column Of(Column dates, string size, string name) =>
        new(name, ColumnKind.Text, Array.ConvertAll(dates.Values, value => value is DateTime moment ? (object?)Label(moment, size) : null));

    /// <summary>The size that gives a readable number of points for what the dates span.</summary>
    public static string Fitting(Column dates)
    {
        var present = dates.Values.OfType<DateTime>().ToList();
        var days = present.Count == 0 ? 0 : (present.Max() - present.Min()).TotalDays;
        return days switch { <= 45 => "day", <= 120 => "week", <= 1100 => "month", <= 3700 => "quarter", _ => "year" };
    }
}
