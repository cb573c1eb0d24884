using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>Reads a property of a JSON Schema as a field.</summary>
public static class FieldReading
{
    private static readonly string[] Scalars = ["string", "number", "integer", "boolean"];

    public static FieldSpec Of(string name, JsonObject schema, bool required)
    {
        var (title, unit) = TitleAndUnit(name, schema);
        var types = Types(schema);
        return new FieldSpec
        {
            Name = name,
            Title = title,
            Unit = unit,
            Schema = schema,
            Kind = Kind(schema, types),
            Help = Text(schema["description"]),
            Required = required,
            Default = schema["default"],
            Choices = Choices(schema),
            Examples = [.. (schema["examples"] as JsonArray ?? []).OfType<JsonNode>()],
            Least = Number(schema["minimum"]) ?? Number(schema["exclusiveMinimum"]),
            Most = Number(schema["maximum"]) ?? Number(schema["exclusiveMaximum"]),
            Whole = types is ["integer"],
            Item = schema["items"] as JsonObject,
            OneStandsAlone = types.Contains("string") || IsOneOrMany(schema),
            Editor = Text(schema["x-editor"]) ?? (schema["x-expression"] is not null ? "row_expression" : null),
            When = When(schema),
        };
    }

    public static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(Text).OfType<string>().Where(type => type != "null")],
        JsonNode one when Text(one) is { } type => [type],
        _ => [],
    };

    private static FieldKind Kind(JsonObject schema, IReadOnlyList<string> types)
    {
        switch (Text(schema["x-editor"]))
        {
            case "json": return FieldKind.Json;
            case "step": return FieldKind.Step;
            case "choice" or "workflow" or "agent_type": return FieldKind.Choice;
        }

        if (schema["enum"] is JsonArray || schema["const"] is not null) return FieldKind.Choice;
        return types switch
        {
            [] when IsOneOrMany(schema) => FieldKind.Words,
            [] when schema["properties"] is JsonObject => FieldKind.Group,
            [] => FieldKind.Json,
            ["string"] => FieldKind.Text,
            ["boolean"] => FieldKind.Switch,
            ["number"] or ["integer"] => FieldKind.Number,
            ["array"] => List(schema["items"] as JsonObject),
            ["object"] => schema["properties"] is JsonObject { Count: > 0 } ? FieldKind.Group : schema["additionalProperties"] is JsonObject { } value && IsDeep(value) ? FieldKind.Json : FieldKind.Map,
            ["string", "array"] or ["array", "string"] when IsShort(schema["items"] as JsonObject) => FieldKind.Words,
            _ when types.Contains("object") => FieldKind.Json,
            _ => FieldKind.Loose,
        };
    }

    private static FieldKind List(JsonObject? item) =>
        ItemObject(item) is not null ? FieldKind.Items : IsShort(item) ? FieldKind.Words : FieldKind.Json;

    /// <summary>Of a list: the schema of the items that are objects; null when they are not described as objects.</summary>
    public static JsonObject? ItemObject(JsonObject? item) =>
        item?["properties"] is JsonObject { Count: > 0 } ? item
        : (item?["anyOf"] as JsonArray ?? item?["oneOf"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => one["properties"] is JsonObject { Count: > 0 });

    /// <summary>Of a list: the names that stand for an object with only that name; empty when there are none.</summary>
    public static IReadOnlyList<string> ItemNames(JsonObject? item) =>
        [.. (item?["anyOf"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(one => one["enum"] as JsonArray ?? []).Select(Text).OfType<string>()];

    private static bool IsShort(JsonObject? item) => item is null || item.Count == 0 || item["enum"] is JsonArray || (Types(item) is { Count: > 0 } types && types.All(Scalars.Contains));

    private static bool IsDeep(JsonObject value) => Types(value).Any(type => type is "object" or "array");

    private static bool IsOneOrMany(JsonObject schema) =>
        (schema["oneOf"] ?? schema["anyOf"]) is JsonArray { Count: 2 } ways
        && ways[0] is JsonObject one && Types(one) is ["string"]
        && ways[1] is JsonObject many && Types(many) is ["array"] && IsShort(many["items"] as JsonObject);

    private static IReadOnlyList<JsonNode> Choices(JsonObject schema)
    {
        if (schema["const"] is { } only) return [only];
        if (schema["enum"] is JsonArray listed) return [.. listed.OfType<JsonNode>()];
        return Text(schema["x-editor"]) == "choice" && schema["examples"] is JsonArray examples ? [.. examples.OfType<JsonNode>()] : [];
    }

    private static Dictionary<string, IReadOnlyList<string>> When(JsonObject schema)
    {
        var when = new Dictionary<string, IReadOnlyList<string>>();
        if (schema["x-skills"] is JsonArray skills) when["skill"] = [.. skills.Select(Text).OfType<string>()];
        foreach (var (sibling, values) in schema["x-when"] as JsonObject ?? [])
            when[sibling] = values is JsonArray listed ? [.. listed.Select(value => Text(value) ?? value?.ToJsonString() ?? "")] : [];
        return when;
    }

    private static (string Title, string? Unit) TitleAndUnit(string name, JsonObject schema)
    {
        var title = Text(schema["title"]) ?? Words(name);
        if (title.EndsWith(')') && title.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var open && title.Length - open < 9) return (title[..open], title[(open + 2)..^1]);
        return (title, Text(schema["x-unit"]) ?? (name.EndsWith("_mb", StringComparison.Ordinal) ? "MB" : name.EndsWith("_seconds", StringComparison.Ordinal) ? "s" : null));
    }

    private static string Words(string name)
    {
        var words = name.Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static double? Number(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.Number ? double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string? Text(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
