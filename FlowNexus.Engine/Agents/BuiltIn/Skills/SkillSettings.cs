using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>A skill's settings, read with clear errors. Their templates are resolved before the skill runs, once: data that looks like a template stays data.</summary>
public sealed class SkillSettings(StepContext context)
{
    /// <summary>Null when it is not set. Shared: treat as read-only.</summary>
    public JsonNode? Node(string name) => context.Step.Setting(name);

    /// <summary>The setting, else the field of the same name in the execution's <c>input_data</c>.</summary>
    public JsonNode? NodeOrInput(string name) => Node(name) ?? (context.Scope.Input as JsonObject)?[name];

    public string? Text(string name) => Text(Node(name), name);

    public string? TextOrInput(string name) => Text(NodeOrInput(name), name);

    public double? Number(string name) => Node(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Double(value),
        var other => throw Wrong(name, $"expected a number, got {other.ToJsonString()}"),
    };

    public double Number(string name, double fallback, double least, double most)
    {
        var number = Number(name) ?? fallback;
        return number >= least && number <= most ? number : throw Wrong(name, $"{number} is outside {least} to {most}");
    }

    public bool Flag(string name, bool fallback) => Node(name) switch
    {
        null => fallback,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        var other => throw Wrong(name, $"expected true or false, got {other.ToJsonString()}"),
    };

    public string Choice(string name, string fallback, params IReadOnlyList<string> allowed)
    {
        var text = Text(name) ?? fallback;
        return allowed.Contains(text, StringComparer.Ordinal) ? text : throw Wrong(name, $"'{text}' is not known", allowed);
    }

    /// <summary>One string or an array of strings; empty when it is not set.</summary>
    public IReadOnlyList<string> Texts(string name) => Node(name) switch
    {
        null => [],
        JsonArray items => [.. items.Select(item => Text(item, name) ?? "")],
        var single => [Text(single, name)!],
    };

    public JsonObject? Object(string name) => Node(name) switch
    {
        null => null,
        JsonObject value => value,
        var other => throw Wrong(name, $"expected an object, got {other.ToJsonString()}"),
    };

    /// <summary>A setting that is itself an expression over rows, marked <c>x-expression</c> in the schema and so not rendered; whole-string braces are taken off.</summary>
    public string? Raw(string name)
    {
        var text = Text(context.Step.Setting(name), name)?.Trim();
        return text is not null && text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal) ? text[2..^2].Trim() : text;
    }

    public JsonObject RawObject(string name) => context.Step.Setting(name) switch
    {
        null => [],
        JsonObject value => value,
        var other => throw Wrong(name, $"expected an object, got {other.ToJsonString()}"),
    };

    /// <summary>An INVALID_DEFINITION problem about one setting.</summary>
    public static ProblemException Wrong(string name, string what, IReadOnlyList<string>? allowed = null, string? hint = null)
    {
        var message = $"Setting '{name}': {what}." + (allowed is { Count: > 0 } ? $" Allowed: {string.Join(", ", allowed)}." : "") + (hint is null ? "" : " " + hint);
        return new ProblemException(new Problem(ProblemCodes.InvalidDefinition, message)
        {
            Details = [new ProblemDetail($"/config/{name}", "setting", message) { Allowed = allowed ?? [], Hint = hint }],
        });
    }

    private static double Double(JsonValue value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonNode? node, string name) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        var other => throw Wrong(name, $"expected text, got {other.ToJsonString()}"),
    };
}
