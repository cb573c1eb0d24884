namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Puts the rows of several tables under each other, matching columns by name.</summary>
public static class Union
{
    /// <param name="parts">Labelled tables, in order.</param>
    /// <param name="labelColumn">A column that tells each row's label; null leaves it out.</param>
    public static Table Of(IReadOnlyList<(string Label, Table Table)> parts, string? labelColumn)
    {
        var names = parts.SelectMany(part => part.Table.Columns).Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var columns = names.Select(name => Stack(name, parts)).ToList();
        if (labelColumn is not null)
        {
            var label = ColumnNames.Unique([.. names, labelColumn])[^1];
            columns.Add(new Column(label, ColumnKind.Text, [.. parts.SelectMany(part => Enumerable.Repeat<object?>(part.Label, part.Table.RowCount))]));
        }
        return new Table(parts[0].Table.Name, columns);
    }

    private static Column Stack(string name, IReadOnlyList<(string Label, Table Table)> parts)
    {
        var pieces = parts.Select(part => part.Table.TryColumn(name)).ToList();
        var kinds = pieces.OfType<Column>().Select(piece => piece.Kind).Distinct().ToList();
        var kind = kinds.Count == 1 ? kinds[0]
            : kinds.All(candidate => candidate is ColumnKind.Integer or ColumnKind.Number) ? ColumnKind.Number
            : ColumnKind.Text;
        return new Column(name, kind, [.. pieces.SelectMany((piece, index) => piece?.Values.Select(value => Convert(value, kind))
            ?? Enumerable.Repeat<object?>(null, parts[index].Table.RowCount))]);
    }

    private static object? Convert(object? value, ColumnKind kind) => (value, kind) switch
    {
        (long integer, ColumnKind.Number) => (double)integer,
        (not null and not string, ColumnKind.Text) => CellText.Format(value),
        _ => value,
    };
}
