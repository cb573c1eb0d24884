using System.Text.Json;
using FlowNexus.Engine.Problems;
using Json.Schema;

namespace FlowNexus.Engine.Workflows;

/// <summary>Turns the results of a schema evaluation into problem details.</summary>
internal static class SchemaReport
{
    private const int Most = 100;

    /// <param name="schema">The schema, to tell allowed values; null when it is not the caller's.</param>
    public static IReadOnlyList<ProblemDetail> Details(EvaluationResults results, JsonElement? schema)
    {
        var details = new List<ProblemDetail>();
        foreach (var result in (results.Details ?? []).Prepend(results))
        {
            foreach (var (keyword, message) in result.Errors ?? [])
            {
                var path = result.EvaluationPath.ToString();
                // A schema that is just "false" reports no keyword; what it belongs to is the last word of the path.
                var rule = keyword.Length > 0 ? keyword : path[(path.LastIndexOf('/') + 1)..];
                if (details.Count < Most) details.Add(new ProblemDetail(result.InstanceLocation.ToString(), SnakeCase(rule), Message(rule, keyword, message)) { Allowed = Allowed(schema, path, keyword) });
            }
        }

        return details;
    }

    private static string Message(string rule, string keyword, string message) =>
        keyword.Length == 0 && rule is "additionalProperties" or "unevaluatedProperties" ? "This field is not allowed here." : message + ".";

    private static IReadOnlyList<string>? Allowed(JsonElement? schema, string path, string keyword)
    {
        if (schema is not { } node || keyword is not ("enum" or "type")) return null;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (node.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index < node.GetArrayLength()) node = node[index];
            else if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(name, out node)) return null;
        }

        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(keyword, out var allowed)) return null;
        return allowed.ValueKind == JsonValueKind.Array ? [.. allowed.EnumerateArray().Take(50).Select(Plain)] : [Plain(allowed)];
    }

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string SnakeCase(string keyword) =>
        string.Concat(keyword.Select(character => char.IsUpper(character) ? "_" + char.ToLowerInvariant(character) : character.ToString()));
}
