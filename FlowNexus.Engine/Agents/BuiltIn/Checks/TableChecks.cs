using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Checks;

/// <summary>Applies declared rules to a table, or those that its columns suggest.</summary>
internal static class TableChecks
{
    private const int RowsShown = 10;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>Rules that make sense for any table: it has rows, no row twice, ids complete and of one form, text columns that nearly agree agree.</summary>
    public static IEnumerable<TableCheck> Suggested(Table table)
    {
        yield return NotEmpty(table);
        yield return NoDuplicates(table);
        foreach (var column in table.Columns)
        {
            var profile = ColumnProfile.Of(column);
            if (profile.IsIdentifier)
                yield return Complete(column);
            if (column.Kind == ColumnKind.Text && TextInference.Kind([.. column.Values.Select(value => value as string)], out _) == ColumnKind.Text && NearlyDates(column) is { } dates)
                yield return dates;
        }
    }

    /// <summary>Rules as settings write them: <c>{"column": "age", "min": 0, "max": 120}</c>, <c>{"column": "email", "pattern": "@"}</c>, <c>{"column": "id", "unique": true, "required": true}</c>.</summary>
    public static IEnumerable<TableCheck> Declared(Table table, JsonArray rules)
    {
        yield return NotEmpty(table);
        foreach (var node in rules)
        {
            if (node is JsonValue word)
            {
                yield return word.ToString() switch
                {
                    "not_empty" => NotEmpty(table),
                    "no_duplicates" => NoDuplicates(table),
                    var unknown => throw SkillSettings.Wrong("rules", $"'{unknown}' is not a rule for a whole table", ["not_empty", "no_duplicates"]),
                };
                continue;
            }
            if (node is not JsonObject rule || rule["column"]?.ToString() is not { } name)
                throw SkillSettings.Wrong("rules", $"{node?.ToJsonString() ?? "null"} names no column");
            foreach (var check in OfColumn(table.Required(name, "rules"), rule))
                yield return check;
        }
    }

    private static IEnumerable<TableCheck> OfColumn(Column column, JsonObject rule)
    {
        if (rule["required"]?.GetValue<bool>() == true)
            yield return Complete(column);
        if (rule["unique"]?.GetValue<bool>() == true)
            yield return Unique(column);
        if (Bound(rule["min"]) is var min && Bound(rule["max"]) is var max && (min ?? max) is not null)
        {
            var bounds = new Cleaning.Bounds(min, max, "declared");
            yield return Each("range", column, value => !Numbers.TryDouble(value, out var number) || bounds.Contains(number), $"is {bounds}");
        }
        if (rule["pattern"]?.ToString() is { } pattern)
        {
            var expression = Pattern(pattern);
            yield return Each("format", column, value => expression.IsMatch(CellText.Format(value)!), $"matches {pattern}");
        }
        if (rule["allowed"] is JsonArray allowed)
        {
            var values = allowed.Select(value => value?.ToString()).ToHashSet(StringComparer.Ordinal);
            yield return Each("allowed", column, value => values.Contains(CellText.Format(value)), $"is one of {values.Count} allowed values");
        }
    }

    private static Regex Pattern(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException exception)
        {
            throw SkillSettings.Wrong("rules", $"'{pattern}' is not a regular expression: {exception.Message}");
        }
    }

    private static double? Bound(JsonNode? node) => node is null ? null
        : double.TryParse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw SkillSettings.Wrong("rules", $"{node.ToJsonString()} is not a number");

    private static TableCheck NotEmpty(Table table) =>
        new("not_empty", null, table.RowCount == 0 ? 1 : 0, table.RowCount, table.RowCount == 0 ? "The table has no rows." : $"The table has {table.RowCount:N0} rows.", []);

    private static TableCheck NoDuplicates(Table table)
    {
        var distinct = RowKey.DistinctRows(table).ToHashSet();
        return Judge("no_duplicates", null, [.. Enumerable.Range(0, table.RowCount).Where(row => !distinct.Contains(row))], table.RowCount, "no row is there twice");
    }

    private static TableCheck Complete(Column column) =>
        Judge("complete", column.Name, [.. Enumerable.Range(0, column.Values.Length).Where(row => column.Values[row] is null or "")], column.Values.Length, "has a value in every row");

    private static TableCheck Unique(Column column)
    {
        var seen = new HashSet<object>();
        return Judge("unique", column.Name, [.. Enumerable.Range(0, column.Values.Length).Where(row => column.Values[row] is { } value && !seen.Add(value))], column.Values.Length, "has no value twice");
    }

    private static TableCheck Each(string rule, Column column, Func<object, bool> holds, string what) =>
        Judge(rule, column.Name, [.. Enumerable.Range(0, column.Values.Length).Where(row => column.Values[row] is { } value && !holds(value))], column.Values.Length - column.MissingCount, what);

    private static TableCheck? NearlyDates(Column column) => DateColumn.TryRead(column) is { } dates
        ? Judge("format", column.Name, [.. Enumerable.Range(0, column.Values.Length).Where(row => column.Values[row] is string { Length: > 0 } && dates.Values[row] is null)], column.Values.Length - column.MissingCount, "reads as a date")
        : null;

    private static TableCheck Judge(string rule, string? column, List<int> failed, int checkedRows, string what)
    {
        var subject = column is null ? "" : $"{column} ";
        var message = failed.Count == 0 ? $"{subject}{what}" : $"{subject}{what}: not so in {failed.Count:N0} of {checkedRows:N0} rows";
        return new TableCheck(rule, column, failed.Count, checkedRows, char.ToUpperInvariant(message[0]) + message[1..] + ".", [.. failed.Take(RowsShown).Select(row => row + 1)]);
    }
}
