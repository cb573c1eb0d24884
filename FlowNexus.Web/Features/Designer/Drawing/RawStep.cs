using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>One step read as the engine reads it, except that nothing is refused: what cannot be read counts as absent.</summary>
internal sealed class RawStep
{
    private readonly JsonObject _source;

    public RawStep(string id, JsonObject source)
    {
        _source = source;
        Id = id;
        Name = Text(source["name"]) ?? "";
        Type = source["type"] is JsonValue type && type.TryGetValue(out string? word) ? word : "";
        DependsOn = source["depends_on"] is JsonArray list ? [.. list.Select(Text).OfType<string>().Distinct()] : null;
        OnError = Text(source["on_error"]) is { Length: > 0 } handler ? handler : null;
        Path = source["path"] is JsonValue path && path.TryGetValue(out string? label) ? label : null;
        Branches = RawBranch.Of(this);
    }

    public string Id { get; }

    public string Name { get; }

    public string Type { get; }

    /// <summary>Null when the step has none at all, which is not the same as an empty list.</summary>
    public IReadOnlyList<string>? DependsOn { get; }

    public string? OnError { get; }

    public string? Path { get; }

    public IReadOnlyList<RawBranch> Branches { get; }

    public bool Branching => Type is "conditional" or "switch";

    /// <summary>A field of the step itself.</summary>
    public JsonNode? Field(string name) => _source[name];

    /// <summary>A setting of the type: from <c>config</c>, else from the step itself.</summary>
    public JsonNode? Setting(string name) => Config is { } config && config.TryGetPropertyValue(name, out var value) ? value : _source[name];

    /// <summary>The object that holds a list of branches: it and what belongs to it stand together, in <c>config</c> or in the step.</summary>
    public JsonObject OwnerOf(string name) => Config is { } config && config[name] is not null ? config : _source;

    /// <summary>Trimmed; null for what is no text.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>().Trim() : null;

    private JsonObject? Config => _source["config"] as JsonObject;
}
