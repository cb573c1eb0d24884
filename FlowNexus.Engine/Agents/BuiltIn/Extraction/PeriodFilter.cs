using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Extraction;

/// <summary>What a date range left of a table.</summary>
internal sealed record Period(Table Table, DateRange? Range, string? Text, string? Column, int Outside, int WithoutDate);

/// <summary>Keeps the rows of the date range that the settings or the input ask for.</summary>
internal static class PeriodFilter
{
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: not a date range, or no date column; NO_DATA: no row in the range.</exception>
    public static Period Apply(Table table, SkillSettings settings, DateTimeOffset now)
    {
        if (Text(settings) is not { } text)
            return new Period(table, null, null, null, 0, 0);
        var range = DateRange.TryParse(text, now) ?? throw Invalid(
            $"'{text}' is not a date range.", "date_range", DateRange.Forms, "Both ends of a range are included.");
        var named = settings.TextOrInput("date_column");
        var column = DateColumn.TryFind(table, named) ?? throw Invalid(
            named is null ? $"date_range '{text}' cannot be applied: no column of '{table.Name}' reads as dates." : $"'{named}' is not a column of dates.",
            "date_column", [.. table.Columns.Select(candidate => candidate.Name)], "Name the column in date_column, or leave date_range out.");
        var withoutDate = column.MissingCount;
        var kept = table.Where(row => column.Values[row] is DateTime moment && range.Contains(moment));
        if (kept.RowCount == 0)
        {
            var dates = column.Values.OfType<DateTime>().ToList();
            throw new ProblemException(ProblemCodes.NoData,
                $"No row of '{table.Name}' lies in {text} ({range}); its {column.Name} runs from {DateText.Format(dates.Min())} to {DateText.Format(dates.Max())}.");
        }
        return new Period(kept, range, text, column.Name, table.RowCount - kept.RowCount - withoutDate, withoutDate);
    }

    private static string? Text(SkillSettings settings) => settings.NodeOrInput("date_range") is System.Text.Json.Nodes.JsonObject ends
        ? $"{ends["from"] ?? ends["start"]}..{ends["to"] ?? ends["end"]}"
        : settings.TextOrInput("date_range") is { Length: > 0 } text ? text : null;

    private static ProblemException Invalid(string message, string field, IReadOnlyList<string> allowed, string hint) =>
        new(new Problem(ProblemCodes.InvalidInputData, $"{message} Allowed: {string.Join(", ", allowed)}. {hint}")
        {
            Details = [new ProblemDetail($"/input_data/{field}", field, message) { Allowed = allowed, Hint = hint }],
        });
}
