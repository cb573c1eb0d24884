using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>The <c>columns</c> and <c>preview</c> of a data step's output.</summary>
public static class ColumnsJson
{
    public static string Name(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Number => "number",
        ColumnKind.Integer => "integer",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a column kind."),
    };

    public static JsonArray Write(Table table) =>
        [.. table.Columns.Select(column => new JsonObject { ["name"] = column.Name, ["kind"] = Name(column.Kind) })];

    public static JsonArray Preview(Table table, int rows = 10) =>
        [.. Enumerable.Range(0, Math.Min(rows, table.RowCount)).Select(row => Row(table, row))];

    public static JsonObject Row(Table table, int row)
    {
        var cells = new JsonObject();
        foreach (var column in table.Columns)
            cells[column.Name] = CellText.Json(column.Values[row]);
        return cells;
    }

    /// <summary>Kinds by column name; null when the node is not such a list.</summary>
    public static IReadOnlyDictionary<string, ColumnKind>? TryRead(JsonNode? node)
    {
        if (node is not JsonArray columns)
            return null;
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns.OfType<JsonObject>())
        {
            if (column["name"]?.ToString() is { } name && Enum.TryParse<ColumnKind>(column["kind"]?.ToString(), ignoreCase: true, out var kind))
                kinds[name] = kind;
        }
        return kinds;
    }
}
