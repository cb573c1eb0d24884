using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Cleaning;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Cleans a table and says exactly what it changed.</summary>
public sealed class Clean : ISkill
{
    public string Name => "clean";

    public string Title => "Clean data";

    public string Description =>
        "Clean and process extracted data: trim and normalise text, remove duplicates, handle missing and impossible values, fix formats, mark outliers; prepare records for analysis.";

    public IReadOnlyList<string> Aliases { get; } =
    [
        "cleaning", "cleanse", "data_cleaning", "data_processing", "process data", "preprocess", "preprocessing", "normalise", "normalize", "deduplicate", "remove duplicates",
        "sanitise", "sanitize", "tidy", "scrub", "data quality", "prepare data", "missing values", "outliers",
    ];

    public IReadOnlyList<string> AgentTypes { get; } = ["analyst"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "duplicates": { "type": "string", "enum": ["drop", "keep"], "default": "drop", "title": "Duplicate rows" },
        "case": { "type": "string", "enum": ["auto", "keep"], "default": "auto", "title": "Spelling of categories", "description": "auto: categories that differ only in case or spacing get the most frequent spelling." },
        "missing": { "type": ["string", "object"], "default": "auto", "title": "Missing values", "description": "auto, keep, drop, mean, median, mode or value:<text>, for all columns or by column. auto: categories become Unknown, rows without a date are dropped, numbers stay missing." },
        "ranges": { "type": "object", "title": "Possible values", "description": "By column: {\"age\": {\"min\": 18, \"max\": 100}}. Other columns are judged by their names." },
        "outliers": { "type": "string", "enum": ["mark", "drop", "cap", "keep"], "default": "mark", "title": "Outliers", "description": "mark adds a column is_outlier." }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var rules = CleaningRules.From(new SkillSettings(context));
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        context.ReportProgress(0.2);
        var log = new CleaningLog();
        var before = source.Table;
        var table = Cleaner.Clean(before, rules, context.Time.GetUtcNow().UtcDateTime, log, share => context.ReportProgress(0.2 + 0.5 * share), cancellationToken);
        log.Tell(context.Log);
        var profile = TableProfile.Of(table, cancellationToken);
        context.ReportProgress(0.85);
        var counts = Counts(before, table, log);
        var output = new DataOutput(context, Name, source)
        {
            Summary = Summarise(before, table, log),
            Counts = counts,
            ["cleaning"] = new JsonObject { ["actions"] = log.ToJson(), ["by_column"] = log.ByColumn() },
            ["quality"] = new JsonObject { ["before"] = Quality(before), ["after"] = Quality(table) },
            ["profile"] = profile.ToJson(),
        };
        return await output.CompleteAsync(table with { Name = context.Step.Name }, cancellationToken);
    }

    private static JsonObject Counts(Table before, Table after, CleaningLog log) => new()
    {
        ["rows_in"] = before.RowCount,
        ["rows_out"] = after.RowCount,
        ["duplicates_removed"] = log.Total("duplicates_dropped"),
        ["rows_dropped_missing"] = log.Total("rows_dropped_missing"),
        ["cells_trimmed"] = log.Total("trimmed"),
        ["spellings_unified"] = log.Total("spelling_unified"),
        ["values_reformatted"] = log.Total("reformatted"),
        ["placeholders_to_missing"] = log.Total("placeholders_to_missing"),
        ["unreadable_to_missing"] = log.Total("unreadable_to_missing"),
        ["impossible_to_missing"] = log.Total("impossible_to_missing"),
        ["labelled_unknown"] = log.Total("labelled_unknown"),
        ["values_imputed"] = log.Total("imputed"),
        ["outliers_found"] = log.Total("outliers_marked", "outliers_dropped", "outliers_capped"),
    };

    private static JsonObject Quality(Table table)
    {
        var missing = table.Columns.Sum(column => column.Kind == ColumnKind.Text
            ? column.Values.Count(value => value is null || (value is string text && TextInference.IsPlaceholder(text) && text != "Unknown"))
            : column.MissingCount);
        var duplicates = table.RowCount - RowKey.DistinctRows(table).Count;
        return new JsonObject
        {
            ["rows"] = table.RowCount,
            ["missing_cells"] = missing,
            ["duplicate_rows"] = duplicates,
            ["completeness"] = Math.Round(1 - (double)missing / Math.Max(1, (long)table.RowCount * table.Columns.Count), 4),
            ["uniqueness"] = Math.Round(1 - (double)duplicates / Math.Max(1, table.RowCount), 4),
        };
    }

    private static string Summarise(Table before, Table after, CleaningLog log)
    {
        var parts = new List<string>();
        Say(parts, log.Total("duplicates_dropped"), "duplicate rows removed");
        Say(parts, log.Total("rows_dropped_missing"), "rows without a needed value dropped");
        Say(parts, log.Total("trimmed", "spelling_unified", "reformatted"), "cells brought into one form");
        Say(parts, log.Total("unreadable_to_missing", "impossible_to_missing"), "impossible or unreadable values set to missing");
        Say(parts, log.Total("labelled_unknown"), "gaps labelled Unknown");
        Say(parts, log.Total("imputed"), "gaps filled");
        Say(parts, log.Total("outliers_marked", "outliers_dropped", "outliers_capped"), "outlying values found");
        return $"Cleaned {before.RowCount:N0} rows to {after.RowCount:N0}: {(parts.Count == 0 ? "nothing needed mending" : string.Join(", ", parts))}.";
    }

    private static void Say(List<string> parts, int count, string what)
    {
        if (count > 0)
            parts.Add($"{count:N0} {what}");
    }
}
