using Cronos;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Cron expressions and time zones.</summary>
internal static class ScheduleRules
{
    private const string Hint = "Five fields (minute hour day month weekday), six with seconds first, or @hourly, @daily, @weekly, @monthly, @yearly.";

    public static string? Cron(FieldReader fields, ProblemList problems)
    {
        if (fields.Text("cron", 200) is not { } text) return null;
        try
        {
            Parse(text);
            return text;
        }
        catch (Exception failure) when (failure is CronFormatException or MissingSeedException)
        {
            problems.Error(fields.At("cron"), "cron", $"'{text}' is not a cron expression: {failure.Message}", Hint);
            return null;
        }
    }

    public static string? TimeZone(FieldReader fields, ProblemList problems)
    {
        if (fields.Text("time_zone", 100) is not { } name) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)) return name;
        problems.Error(fields.At("time_zone"), "time_zone", $"There is no time zone '{name}'.", "Use an IANA name such as Europe/Berlin or UTC.");
        return null;
    }

    /// <summary>Reads 5 or 6 fields or a macro: the one reading, for checks and for schedules that run.</summary>
    /// <exception cref="CronFormatException">It is none.</exception>
    internal static CronExpression Parse(string text)
    {
        var fieldCount = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return CronExpression.Parse(text, fieldCount == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
    }
}
