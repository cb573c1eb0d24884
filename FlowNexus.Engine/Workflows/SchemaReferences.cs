using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows;

/// <summary>Finds references of a schema that leave it, before the first execution would.</summary>
internal static class SchemaReferences
{
    private static readonly string[] Keywords = ["$ref", "$dynamicRef"];
    private static readonly string[] PlainData = ["const", "enum", "default", "examples"];

    /// <summary>The first reference that leads nowhere; null when there is none.</summary>
    public static (string Pointer, string Target)? FindUnresolved(JsonObject schema)
    {
        var names = new HashSet<string>();
        var references = new List<(string Pointer, string Target)>();
        Walk(schema, "", names, references);
        return references.Cast<(string Pointer, string Target)?>().FirstOrDefault(reference => !Resolves(schema, reference!.Value.Target, names));
    }

    private static bool Resolves(JsonObject schema, string target, HashSet<string> names)
    {
        if (names.Contains(target)) return true;
        if (!target.StartsWith('#')) return names.Contains(target.Split('#')[0]);
        if (target is "#" or "#/") return true;
        // A pointer below a nested $id starts there, which the evaluation finds out.
        if (!target.StartsWith("#/", StringComparison.Ordinal) || names.Any(name => !name.StartsWith('#'))) return names.Contains(target) || target.StartsWith("#/", StringComparison.Ordinal);

        JsonNode? node = schema;
        foreach (var part in Uri.UnescapeDataString(target[2..]).Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject fields => fields[name],
                JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
            if (node is null) return false;
        }

        return true;
    }

    private static void Walk(JsonNode? node, string pointer, HashSet<string> names, List<(string Pointer, string Target)> references)
    {
        if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++) Walk(items[i], JsonPointers.Append(pointer, i), names, references);
            return;
        }

        foreach (var (name, value) in node as JsonObject ?? [])
        {
            var text = value is JsonValue && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
            if (text is not null && Keywords.Contains(name)) references.Add((JsonPointers.Append(pointer, name), text));
            else if (text is not null && name == "$id") names.Add(text);
            else if (text is not null && name is "$anchor" or "$dynamicAnchor") names.Add("#" + text);
            else if (!PlainData.Contains(name)) Walk(value, JsonPointers.Append(pointer, name), names, references);
        }
    }
}
