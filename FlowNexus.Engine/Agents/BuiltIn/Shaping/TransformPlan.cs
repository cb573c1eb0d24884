using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Shaping;

/// <summary>Reshapes a table: filter, derive, rename, select, distinct, sort, limit, in this order.</summary>
internal sealed class TransformPlan(SkillSettings settings, StepScope scope, CancellationToken cancellationToken)
{
    private readonly List<string> _done = [];

    /// <summary>What was done, each in a few words.</summary>
    public IReadOnlyList<string> Done => _done;

    public JsonObject Counts { get; } = [];

    public Table Apply(Table table)
    {
        table = Filter(table);
        table = Derive(table);
        table = Rename(table);
        table = Select(table);
        table = Distinct(table);
        table = Sort(table);
        return Limit(table);
    }

    private Table Filter(Table table)
    {
        if (settings.Raw("filter") is not { Length: > 0 } text)
            return table;
        var expression = new RowExpression(text, table, scope);
        var kept = table.Where(row => Checked(row) && expression.Holds(row));
        Counts["rows_filtered_out"] = table.RowCount - kept.RowCount;
        _done.Add($"kept {kept.RowCount:N0} of {table.RowCount:N0} rows where {text}");
        return kept;
    }

    private Table Derive(Table table)
    {
        foreach (var (name, node) in settings.RawObject("derive"))
        {
            var text = node?.ToString() ?? "";
            var expression = new RowExpression(text, table, scope);
            var texts = new string?[table.RowCount];
            for (var row = 0; row < texts.Length && Checked(row); row++)
            {
                var value = expression.Evaluate(row);
                texts[row] = value is JsonValue scalar && scalar.TryGetValue<string>(out var word) ? word : value?.ToJsonString();
            }
            table = table.With(TextInference.Column(name, texts));
            _done.Add($"derived {name} as {text}");
        }
        return table;
    }

    private Table Rename(Table table)
    {
        foreach (var (from, to) in settings.Object("rename") ?? [])
        {
            var column = table.Required(from, "rename");
            var name = to?.ToString() is { Length: > 0 } given ? given : throw SkillSettings.Wrong("rename", $"'{from}' has no new name");
            if (table.TryColumn(name) is { } taken && taken != column)
                throw SkillSettings.Wrong("rename", $"there already is a column '{name}'");
            table = table with { Columns = [.. table.Columns.Select(candidate => candidate == column ? column with { Name = name } : candidate)] };
            _done.Add($"renamed {from} to {name}");
        }
        return table;
    }

    private Table Select(Table table)
    {
        if (settings.Texts("select") is { Count: > 0 } select)
        {
            table = table with { Columns = [.. select.Select(name => table.Required(name, "select"))] };
            _done.Add($"kept the columns {string.Join(", ", select)}");
        }
        if (settings.Texts("drop") is { Count: > 0 } drop)
        {
            var dropped = drop.Select(name => table.Required(name, "drop")).ToHashSet();
            table = table with { Columns = [.. table.Columns.Where(column => !dropped.Contains(column))] };
            _done.Add($"left out {string.Join(", ", drop)}");
        }
        return table;
    }

    private Table Distinct(Table table)
    {
        if (!settings.Flag("distinct", false))
            return table;
        var rows = RowKey.DistinctRows(table);
        Counts["duplicates_removed"] = table.RowCount - rows.Count;
        _done.Add($"removed {table.RowCount - rows.Count:N0} duplicate rows");
        return table.Take(rows);
    }

    private Table Sort(Table table)
    {
        var keys = settings.Texts("sort").Select(key =>
        {
            var descending = key.StartsWith('-') || key.EndsWith(" desc", StringComparison.OrdinalIgnoreCase);
            var name = key.TrimStart('-', '+').Replace(" desc", "", StringComparison.OrdinalIgnoreCase).Replace(" asc", "", StringComparison.OrdinalIgnoreCase).Trim();
            return (table.Required(name, "sort"), descending);
        }).ToList();
        if (keys.Count > 0)
            _done.Add($"sorted by {string.Join(", ", settings.Texts("sort"))}");
        return table.Sort(keys);
    }

    private Table Limit(Table table)
    {
        var limit = (int)settings.Number("limit", int.MaxValue, 1, int.MaxValue);
        if (limit >= table.RowCount)
            return table;
        _done.Add($"kept the first {limit:N0} rows");
        return table.Where(row => row < limit);
    }

    private bool Checked(int row)
    {
        if (row % 1024 == 0)
            cancellationToken.ThrowIfCancellationRequested();
        return true;
    }
}
