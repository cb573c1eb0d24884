using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Expressions;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>
/// What a validation step looks at: cells as the text they came as, so that a format is judged before anything has
/// been converted. Blank cells are missing.
/// </summary>
/// <param name="Table">Text columns; null is missing.</param>
/// <param name="Row">One row as a JSON object, for JSON Schema.</param>
internal sealed record CheckedRows(Table Table, Func<int, JsonObject> Row)
{
    /// <summary>Rows that came as JSON objects.</summary>
    public static CheckedRows Of(IReadOnlyList<JsonObject> rows)
    {
        var names = new List<string>();
        var seen = new HashSet<string>();
        foreach (var row in rows)
        {
            foreach (var (name, _) in row)
            {
                if (seen.Add(name)) names.Add(name);
            }
        }

        var columns = names.Select(name => new Column(name, ColumnKind.Text, [.. rows.Select(row => (object?)Cell(row[name]))]));
        return new CheckedRows(new Table("rows", [.. columns]), index => rows[index]);
    }

    /// <param name="kinds">Kinds of columns by name (integer, number, boolean, …); a cell that fits becomes that JSON type.</param>
    public static CheckedRows Of(Table table, IReadOnlyDictionary<string, string> kinds) => new(table, index =>
    {
        var row = new JsonObject();
        foreach (var column in table.Columns) row[column.Name] = Typed((string?)column.Values[index], kinds.GetValueOrDefault(column.Name));
        return row;
    });

    public static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Cell(JsonNode? node) => node switch
    {
        null => null,
        JsonValue => Blank(ExpressionValue.From(node).ToText()),
        _ => node.ToJsonString(),
    };

    private static JsonNode? Typed(string? cell, string? kind) => kind switch
    {
        null or "text" or "date" => cell,
        _ when cell is null => null,
        "boolean" when bool.TryParse(cell, out var truth) => truth,
        "integer" or "number" when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => cell,
    };
}
