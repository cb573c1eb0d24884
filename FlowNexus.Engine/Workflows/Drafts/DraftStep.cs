using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>A step while it is being drawn: what its author wrote, valid or not, under an id that no rename changes.</summary>
public sealed class DraftStep : IEquatable<DraftStep>
{
    private readonly Lazy<string> _text;

    /// <param name="source">Never changed afterwards; a change makes another step.</param>
    public DraftStep(string id, JsonObject source)
    {
        Id = id;
        Source = source;
        _text = new Lazy<string>(() => CanonicalJson.Write(source));
    }

    public string Id { get; }

    /// <summary>The step as the definition has it. To be read only.</summary>
    public JsonObject Source { get; }

    /// <summary>Empty when it has none.</summary>
    public string Name => Source["name"] is JsonValue name && name.TryGetValue(out string? text) ? text.Trim() : "";

    /// <summary>Empty when it has none.</summary>
    public string Type => Source["type"] is JsonValue type && type.TryGetValue(out string? text) ? text : "";

    /// <summary>The canonical text of <see cref="Source"/>; what makes two steps equal.</summary>
    public string Text => _text.Value;

    /// <summary>The step with some of its fields changed; the callback gets a copy of its own.</summary>
    public DraftStep With(Action<JsonObject> change)
    {
        var copy = (JsonObject)Source.DeepClone();
        change(copy);
        return new DraftStep(Id, copy);
    }

    public bool Equals(DraftStep? other) => other is not null && (ReferenceEquals(this, other) || (Id == other.Id && Text == other.Text));

    public override bool Equals(object? obj) => Equals(obj as DraftStep);

    public override int GetHashCode() => HashCode.Combine(Id, Text);
}
