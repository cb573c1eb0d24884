namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Finds the column that says when a row happened, and reads it although some of its values are unreadable.</summary>
public static class DateColumn
{
    /// <summary>Share of the present values that must read as dates.</summary>
    private const double Agreement = 0.9;

    private static readonly string[] Preferred = ["date", "order_date", "event_date", "timestamp", "created_at", "time"];

    /// <summary>The named column, else a column with a usual name, else the first that reads as dates; null when there is none.</summary>
    public static Column? TryFind(Table table, string? name = null)
    {
        var candidates = name is not null
            ? table.Columns.Where(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            : table.Columns.OrderBy(column => Array.IndexOf(Preferred, column.Name.ToLowerInvariant()) is >= 0 and var at ? at : Preferred.Length);
        return candidates.Select(TryRead).FirstOrDefault(column => column is not null);
    }

    /// <summary>The column with its text read as dates and the rest missing; null when too few values are dates.</summary>
    public static Column? TryRead(Column column)
    {
        if (column.Kind == ColumnKind.Date)
            return column;
        if (column.Kind != ColumnKind.Text)
            return null;
        var dayFirst = DateText.IsDayFirst(column.Values.Select(value => value as string));
        var values = new object?[column.Values.Length];
        int present = 0, read = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (column.Values[row] is not string text || TextInference.IsPlaceholder(text))
                continue;
            present++;
            if (DateText.TryParse(text, dayFirst, out var date))
            {
                values[row] = date;
                read++;
            }
            else if (present - read > 50 && read < Agreement * present)
            {
                return null;
            }
        }
        return read > 0 && read >= Agreement * present ? new Column(column.Name, ColumnKind.Date, values) : null;
    }
}
