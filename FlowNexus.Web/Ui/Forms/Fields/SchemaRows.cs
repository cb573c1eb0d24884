using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>One property of an input schema as a row; what a row cannot say stays in <see cref="Source"/>.</summary>
/// <param name="Number">Stays with the row.</param>
public sealed record SchemaRow(int Number, string Name, bool Required, JsonObject Source)
{
    public static readonly IReadOnlyList<(string Word, string Title)> Kinds =
    [
        ("string", "text"), ("number", "number"), ("integer", "whole number"), ("boolean", "yes/no"), ("array", "list"), ("object", "object"), ("enum", "one of…"),
    ];

    /// <summary>One of <see cref="Kinds"/>; null when the schema is of another form, to be edited as JSON.</summary>
    public string? Kind => Source["enum"] is JsonArray ? "enum" : FieldReading.Types(Source) is [var only] && Kinds.Any(kind => kind.Word == only) ? only : null;

    public string? Description => Source["description"] is JsonValue text && text.TryGetValue(out string? words) ? words : null;

    public SchemaRow With(string kind)
    {
        var source = (JsonObject)Source.DeepClone();
        if (kind != "enum") source.Remove("enum");
        if (kind is not "array") source.Remove("items");
        if (kind is not "object") source.Remove("properties");
        if (kind == "enum") source.Remove("type");
        else source["type"] = kind;
        if (kind == "enum") source["enum"] ??= new JsonArray();
        if (kind == "array") source["items"] ??= new JsonObject { ["type"] = "string" };
        return this with { Source = source };
    }

    public SchemaRow With(string field, JsonNode? value)
    {
        var source = (JsonObject)Source.DeepClone();
        if (value is null) source.Remove(field);
        else source[field] = value.DeepClone();
        return this with { Source = source };
    }
}

/// <summary>An input schema while its rows are edited: also those without a name or with a name that another row has.</summary>
public sealed class SchemaRows
{
    private readonly List<SchemaRow> _rows = [];
    private JsonObject? _outside;
    private JsonObject? _known;
    private bool _isKnown;
    private int _next;

    public IReadOnlyList<SchemaRow> Rows => _rows;

    public IReadOnlySet<string> Doubles => _rows.Where(row => row.Name.Length > 0).GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();

    /// <summary>The schema from outside. One's own edits come back and change nothing.</summary>
    public void Receive(JsonObject? schema)
    {
        if (_isKnown && JsonNode.DeepEquals(schema, _outside)) return;
        var isEcho = _isKnown && JsonNode.DeepEquals(schema, _known);
        (_outside, _known, _isKnown) = (schema, schema, true);
        if (isEcho) return;
        var required = (schema?["required"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet();
        _rows.Clear();
        foreach (var (name, property) in schema?["properties"] as JsonObject ?? [])
            _rows.Add(new SchemaRow(_next++, name, required.Contains(name), property as JsonObject ?? []));
    }

    public void Add() => _rows.Add(new SchemaRow(_next++, "", false, new JsonObject { ["type"] = "string" }));

    public void Remove(SchemaRow row) => _rows.RemoveAll(one => one.Number == row.Number);

    public void Replace(SchemaRow row)
    {
        var index = _rows.FindIndex(one => one.Number == row.Number);
        if (index >= 0) _rows[index] = row;
    }

    /// <summary>The schema that the rows make, with everything else as it was; null when nothing is left.</summary>
    public JsonObject? Read()
    {
        var schema = (JsonObject?)_known?.DeepClone() ?? [];
        var properties = new JsonObject();
        foreach (var row in _rows.Where(row => row.Name.Length > 0 && !properties.ContainsKey(row.Name))) properties[row.Name] = row.Source.DeepClone();
        string[] required = [.. _rows.Where(row => row.Required && properties.ContainsKey(row.Name)).Select(row => row.Name).Distinct()];
        schema.Remove("properties");
        schema.Remove("required");
        if (properties.Count > 0)
        {
            if (schema["type"] is null) schema.Insert(0, "type", "object");
            schema["properties"] = properties;
        }

        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        return _known = schema.Count == 0 || (properties.Count == 0 && schema is { Count: 1 } && schema["type"] is not null) ? null : schema;
    }
}
