using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Shaping;

/// <summary>Joins two tables on equal keys; missing keys match nothing.</summary>
internal static class Join
{
    public static Table Tables(Table left, Table right, IReadOnlyList<string> keys, bool keepLeft, CancellationToken cancellationToken)
    {
        var leftKeys = keys.Select(key => left.Required(key, "on")).ToList();
        var rightKeys = keys.Select(key => right.Required(key, "on")).ToList();
        var index = Enumerable.Range(0, right.RowCount).Select(row => (Row: row, Key: Key(rightKeys, row))).Where(pair => pair.Key is not null)
            .GroupBy(pair => pair.Key!, pair => pair.Row, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var pairs = new List<(int Left, int Right)>();
        for (var row = 0; row < left.RowCount; row++)
        {
            if (row % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (Key(leftKeys, row) is { } key && index.TryGetValue(key, out var matches))
                pairs.AddRange(matches.Select(match => (row, match)));
            else if (keepLeft)
                pairs.Add((row, -1));
            if (pairs.Count > TableLimits.Default.Rows)
                throw SkillSettings.Wrong("on", $"the join gives more than {TableLimits.Default.Rows:N0} rows", hint: "Join on more columns, or aggregate first.");
        }
        var added = right.Columns.Except(rightKeys).ToList();
        var names = ColumnNames.Unique([.. left.Columns.Select(column => column.Name), .. added.Select(column => column.Name)]);
        return left with
        {
            Columns =
            [
                .. left.Columns.Select(column => column with { Values = [.. pairs.Select(pair => column.Values[pair.Left])] }),
                .. added.Select((column, at) => new Column(names[left.Columns.Count + at], column.Kind, [.. pairs.Select(pair => pair.Right < 0 ? null : column.Values[pair.Right])])),
            ],
        };
    }

    private static string? Key(List<Column> columns, int row)
    {
        var parts = columns.Select(column => CellText.Format(column.Values[row])).ToList();
        return parts.Contains(null) ? null : string.Join('\u001f', parts);
    }
}
