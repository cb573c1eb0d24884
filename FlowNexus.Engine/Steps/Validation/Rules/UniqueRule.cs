namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>No two rows have the same values in the columns together. Rows where all of them are blank are left out.</summary>
internal sealed class UniqueRule(IReadOnlyList<string> columns) : ValidationRule("unique")
{
    public override IEnumerable<RuleCheck> Check(CheckedRows rows)
    {
        var table = rows.Table;
        if (columns.FirstOrDefault(name => table.TryColumn(name) is null) is { } missing) return [NoColumn(table, missing)];
        var keys = columns.Select(name => table.TryColumn(name)!).ToArray();
        var result = new RuleCheck(Name, string.Join(", ", keys.Select(key => key.Name)));
        var first = new Dictionary<string, int>();
        for (var row = 0; row < table.RowCount; row++)
        {
            if (keys.All(key => key.Values[row] is null)) continue;
            // The length in front keeps ("a,", "b") and ("a", ",b") apart.
            var value = string.Concat(keys.Select(key => key.Values[row] is string cell ? $"{cell.Length}:{cell}" : "-"));
            if (!first.TryAdd(value, row)) result.Fail(row, string.Join(", ", keys.Select(key => key.Values[row])), $"The same as in row {first[value] + 1}.");
        }

        return [result];
    }
}
