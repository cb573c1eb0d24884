using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>Any JSON as people type it: quotes around a text only where it would read as something else.</summary>
public static class LooseText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Flat = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node, bool oneLine = false) => node switch
    {
        null => "",
        JsonValue when node.GetValueKind() == JsonValueKind.String => OfText(node.GetValue<string>()),
        _ => node.ToJsonString(oneLine || IsSmall(node) ? Flat : Indented),
    };

    /// <summary>Null when it can be read; otherwise what is wrong. An empty text is no value.</summary>
    public static string? TryRead(string text, out JsonNode? value)
    {
        value = null;
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return null;
        if (!MayBeJson(trimmed))
        {
            value = JsonValue.Create(text);
            return null;
        }

        try
        {
            value = JsonNode.Parse(trimmed);
            return null;
        }
        catch (JsonException failure)
        {
            // A number with a unit, a template, a date: texts that only begin like JSON.
            if (trimmed[0] is not ('{' or '[' or '"') || trimmed.StartsWith("{{", StringComparison.Ordinal))
            {
                value = JsonValue.Create(text);
                return null;
            }

            return $"This is no valid JSON yet{Place(failure)}. It is kept here and not saved.";
        }
    }

    private static string OfText(string text)
    {
        var plain = TryRead(text, out var read) is null && read is JsonValue && read.GetValueKind() == JsonValueKind.String && read.GetValue<string>() == text;
        return plain ? text : JsonSerializer.Serialize(text, Flat);
    }

    private static bool MayBeJson(string text) => text[0] is '{' or '[' or '"' or '-' || char.IsAsciiDigit(text[0]) || text is "true" or "false" or "null";

    private static bool IsSmall(JsonNode node) => node is JsonValue || node is JsonArray { Count: 0 } or JsonObject { Count: 0 } || (node is JsonArray items && items.All(item => item is null or JsonValue) && items.ToJsonString().Length <= 60);

    private static string Place(JsonException failure) => failure.LineNumber is { } line ? $" (line {line + 1}, character {failure.BytePositionInLine + 1})" : "";
}
