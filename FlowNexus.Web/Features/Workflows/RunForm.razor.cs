using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>What an execution is started with: a field for each property of the input schema, or JSON when there is none.</summary>
public sealed partial class RunForm : ComponentBase
{
    private IReadOnlyList<Field> _fields = [];
    private string _json = "{}";
    private string? _wrong;
    private JsonNode? _read;

    /// <summary>The workflow's input schema.</summary>
    [Parameter]
    public JsonNode? Schema { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<JsonObject> OnRun { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    /// <summary>Why the last try was refused.</summary>
    [Parameter]
    public Problem? Failure { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_read, Schema)) return;
        _read = Schema;
        _fields = Schema?["properties"] is JsonObject properties && properties.All(property => property.Value is JsonObject schema && IsSimple(schema))
            ? [.. properties.Select(property => Field.Of(property.Key, (JsonObject)property.Value!, Schema))]
            : [];
    }

    private async Task SubmitAsync()
    {
        _wrong = null;
        if ((_fields.Count == 0 ? ReadJson() : ReadFields()) is not { } input) return;
        await OnRun.InvokeAsync(input);
    }

    private JsonObject? ReadJson()
    {
        try
        {
            if (JsonNode.Parse(_json) is JsonObject input) return input;
            _wrong = "It must be a JSON object, such as {\"dataset\": \"small_sample\"}.";
        }
        catch (JsonException failure)
        {
            _wrong = $"It is no valid JSON: {failure.Message}";
        }

        return null;
    }

    private JsonObject? ReadFields()
    {
        var input = new JsonObject();
        foreach (var field in _fields.Where(field => field.Text.Trim().Length > 0))
        {
            if (field.Read() is not { } value)
            {
                _wrong = $"{field.Title} must be a {field.Type}; it is \"{field.Text}\".";
                return null;
            }

            input[field.Name] = value;
        }

        return input;
    }

    private static bool IsSimple(JsonObject schema) => Field.TypeOf(schema) is "string" or "number" or "integer" or "boolean";

    private sealed class Field
    {
        public required string Name { get; init; }

        public required string Title { get; init; }

        public string? Description { get; init; }

        public required string Type { get; init; }

        public required IReadOnlyList<string> Allowed { get; init; }

        public bool Required { get; init; }

        public string Text { get; set; } = "";

        public static string? TypeOf(JsonObject schema) => schema["type"] is JsonValue type && type.TryGetValue(out string? word) ? word : schema["enum"] is JsonArray ? "string" : null;

        public static Field Of(string name, JsonObject schema, JsonNode whole) => new()
        {
            Name = name,
            Title = schema["title"]?.ToString() ?? name,
            Description = schema["description"]?.ToString(),
            Type = TypeOf(schema)!,
            Allowed = schema["enum"] is JsonArray words ? [.. words.Select(word => word?.ToString() ?? "")] : TypeOf(schema) == "boolean" ? ["true", "false"] : [],
            Required = whole["required"] is JsonArray required && required.Any(one => one?.ToString() == name),
            Text = schema["default"]?.ToString() ?? "",
        };

        public JsonNode? Read() => Type switch
        {
            "integer" => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null,
            "number" => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
            "boolean" => bool.TryParse(Text, out var flag) ? JsonValue.Create(flag) : null,
            _ => JsonValue.Create(Text),
        };
    }
}
