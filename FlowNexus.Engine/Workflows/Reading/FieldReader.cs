using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads the fields of one object and reports each that is not what it should be. A field that is null counts as absent.</summary>
internal sealed class FieldReader(JsonObject source, string pointer, ProblemList problems)
{
    public string Pointer { get; } = pointer;

    public string At(string name) => JsonPointers.Append(Pointer, name);

    public bool Has(string name) => source[name] is not null;

    public string? Text(string name, int longest)
    {
        if (source[name] is not { } node) return null;
        if (!Is(node, JsonValueKind.String)) return Wrong<string>(name, "a text", node);
        var text = node.GetValue<string>();
        if (text.Length <= longest) return text;
        problems.Error(At(name), "too_long", $"'{name}' has {text.Length} characters; at most {longest} are allowed.");
        return null;
    }

    /// <summary>Trimmed and not empty.</summary>
    public string? Name(string name, int longest)
    {
        if (source[name] is null)
        {
            problems.Error(At(name), "required", $"'{name}' is required.", $"Give 1 to {longest} characters.");
            return null;
        }

        if (Text(name, longest) is not { } text) return null;
        var trimmed = text.Trim();
        if (trimmed.Length > 0 && !trimmed.Any(char.IsControl)) return trimmed;
        problems.Error(At(name), trimmed.Length == 0 ? "too_short" : "control_character",
            trimmed.Length == 0 ? $"'{name}' is empty." : $"'{name}' contains a control character.", $"Give 1 to {longest} visible characters.");
        return null;
    }

    public string? Choice(string name, IReadOnlyList<string> allowed)
    {
        if (Text(name, 200) is not { } text) return null;
        if (allowed.Contains(text)) return text;
        problems.Error(At(name), "not_allowed", $"'{name}' cannot be '{text}'.", problems.Suggest(text, allowed), allowed);
        return null;
    }

    public bool? Boolean(string name)
    {
        if (source[name] is not { } node) return null;
        if (Is(node, JsonValueKind.True) || Is(node, JsonValueKind.False)) return node.GetValue<bool>();
        Wrong<string>(name, "true or false", node);
        return null;
    }

    public double? Number(string name, double least, double most)
    {
        if (source[name] is not { } node) return null;
        if (JsonNumbers.TryRead(node, out var number)) return Within(name, number, least, most, "");
        Wrong<string>(name, $"a number from {least} to {most}", node);
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (source[name] is not { } node) return null;
        if (!JsonNumbers.TryRead(node, out var number) || number != Math.Floor(number))
        {
            Wrong<string>(name, $"a whole number from {least} to {most}", node);
            return null;
        }

        return (int?)Within(name, number, least, most, "");
    }

    /// <summary>Seconds as a number, or a text with a unit.</summary>
    public double? Duration(string name, double most)
    {
        if (source[name] is not { } node) return null;
        if (!JsonNumbers.TryRead(node, out var seconds))
        {
            if (!Is(node, JsonValueKind.String)) return Wrong<double?>(name, "a number of seconds or a text such as \"30s\"", node);
            if (!DurationText.TryParse(node.GetValue<string>(), out seconds))
            {
                problems.Error(At(name), "unit", $"'{name}' is '{node.GetValue<string>()}', which is not a duration.",
                    "Write a number of seconds, or a number and a unit without a sign: \"30s\", \"5m\", \"2h\".", DurationText.AllowedUnits);
                return null;
            }
        }

        if (seconds > 0) return Within(name, seconds, 0, most, " seconds");
        problems.Error(At(name), "too_small", $"'{name}' is {seconds} seconds; it must be more than 0.");
        return null;
    }

    public JsonObject? Object(string name) => source[name] is { } node ? node as JsonObject ?? Wrong<JsonObject>(name, "an object", node) : null;

    public JsonArray? Array(string name, int most)
    {
        if (source[name] is not { } node) return null;
        if (node is not JsonArray array) return Wrong<JsonArray>(name, "a list", node);
        if (array.Count <= most) return array;
        problems.Error(At(name), "too_many", $"'{name}' has {array.Count} entries; at most {most} are allowed.");
        return null;
    }

    public void WarnUnknown(IReadOnlyCollection<string> known, string what)
    {
        foreach (var (name, _) in source)
        {
            if (!known.Contains(name))
                problems.Warn(At(name), "unknown_field", $"{what} has no field '{name}'; it is kept but has no effect.", problems.Suggest(name, known));
        }
    }

    private double? Within(string name, double number, double least, double most, string unit)
    {
        if (number >= least && number <= most) return number;
        problems.Error(At(name), number < least ? "too_small" : "too_large", $"'{name}' is {number}{unit}; allowed is {least} to {most}{unit}.",
            unit.Length > 0 && number / 1000 <= most && number > most ? "The unit is seconds, not milliseconds." : null);
        return null;
    }

    private T? Wrong<T>(string name, string wanted, JsonNode node)
    {
        problems.Error(At(name), "type", $"'{name}' must be {wanted}, not {Kind(node)}.");
        return default;
    }

    private static bool Is(JsonNode node, JsonValueKind kind) => node.GetValueKind() == kind;

    internal static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
