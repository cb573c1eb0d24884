using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Deals with gaps. Numbers are only filled when a rule says so, and every filled cell is counted.</summary>
internal static class MissingValues
{
    public static Table Apply(Table table, CleaningRules rules, CleaningLog log)
    {
        var unknown = rules.Missing.Keys.FirstOrDefault(name => name != "*" && table.TryColumn(name) is null);
        if (unknown is not null)
            throw SkillSettings.Wrong("missing", $"there is no column '{unknown}'", [.. table.Columns.Select(column => column.Name)]);
        var time = DateColumn.TryFind(table)?.Name;
        foreach (var column in table.Columns.Where(column => column.MissingCount > 0).ToList())
        {
            var current = table.TryColumn(column.Name)!;
            if (current.MissingCount > 0)
                table = Apply(table, current, Rule(current, time, rules), log);
        }
        return table;
    }

    private static string Rule(Column column, string? time, CleaningRules rules)
    {
        if (rules.Missing.TryGetValue(column.Name, out var named) || rules.Missing.TryGetValue("*", out named))
            return named is "mean" or "median" && !column.IsNumeric() ? "mode" : named;
        var profile = ColumnProfile.Of(column);
        return profile.IsCategory && column.Kind == ColumnKind.Text ? "value:Unknown" : column.Name == time ? "drop" : "keep";
    }

    private static Table Apply(Table table, Column column, string rule, CleaningLog log)
    {
        switch (rule)
        {
            case "keep":
                return table;
            case "drop":
                log.Add("rows_dropped_missing", column.Name, column.MissingCount, "rows without this value cannot be used");
                return table.Where(row => column.Values[row] is not null);
            default:
                var value = Fill(column, rule);
                if (value is null)
                    return table;
                var action = rule == "value:Unknown" ? "labelled_unknown" : "imputed";
                log.Add(action, column.Name, column.MissingCount, $"gaps were filled with {CellText.Format(value)}{(rule.StartsWith("value:", StringComparison.Ordinal) ? "" : $", the {rule}")}");
                return table.With(column with { Values = Array.ConvertAll(column.Values, cell => cell ?? value) });
        }
    }

    private static object? Fill(Column column, string rule)
    {
        if (rule.StartsWith("value:", StringComparison.Ordinal))
        {
            var text = rule["value:".Length..];
            return TextInference.Parse(text, column.Kind, dayFirst: false)
                ?? throw SkillSettings.Wrong("missing", $"'{text}' is not a {ColumnsJson.Name(column.Kind)}, which column '{column.Name}' needs");
        }
        if (rule == "mode")
            return column.Values.OfType<object>().GroupBy(value => value).OrderByDescending(group => group.Count())
                .ThenBy(group => CellText.Format(group.Key), StringComparer.Ordinal).FirstOrDefault()?.Key;
        var numbers = Numbers.Of(column);
        if (numbers.Length == 0)
            return null;
        Array.Sort(numbers);
        var number = rule == "mean" ? Numbers.Mean(numbers) : Numbers.Quantile(numbers, 0.5);
        return column.Kind == ColumnKind.Integer ? (long)Math.Round(number) : Math.Round(number, 4);
    }
}
