using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Where things stand on the canvas. It belongs to a version, beside its definition, and changes nothing about how it runs.</summary>
public sealed record DraftLayout
{
    public static readonly DraftLayout Empty = new();

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>By step id, or <c>trigger:0</c> for the first trigger. What has none is laid out by the canvas.</summary>
    public ImmutableSortedDictionary<string, DraftPoint> Positions { get; init; } = ImmutableSortedDictionary.Create<string, DraftPoint>(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, DraftNote> Notes { get; init; } = ImmutableSortedDictionary.Create<string, DraftNote>(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, DraftGroup> Groups { get; init; } = ImmutableSortedDictionary.Create<string, DraftGroup>(StringComparer.Ordinal);

    public static DraftLayout Read(string? json) => json is null ? Empty : Of(JsonNode.Parse(json));

    public static DraftLayout Of(JsonNode? json) => json is null ? Empty : json.Deserialize<Stored>(Options) is { } stored
        ? new DraftLayout
        {
            Positions = Sorted(stored.Positions),
            Notes = Sorted(stored.Notes),
            Groups = Sorted(stored.Groups),
        }
        : Empty;

    public JsonNode ToJson() => JsonSerializer.SerializeToNode(new Stored { Positions = new(Positions), Notes = new(Notes), Groups = new(Groups) }, Options)!;

    public bool Equals(DraftLayout? other) => other is not null && (ReferenceEquals(this, other)
        || (Same(Positions, other.Positions) && Same(Notes, other.Notes) && Same(Groups, other.Groups)));

    public override int GetHashCode() => HashCode.Combine(Positions.Count, Notes.Count, Groups.Count);

    private static bool Same<T>(ImmutableSortedDictionary<string, T> one, ImmutableSortedDictionary<string, T> other) where T : IEquatable<T> =>
        ReferenceEquals(one, other) || (one.Count == other.Count && one.SequenceEqual(other));

    private static ImmutableSortedDictionary<string, T> Sorted<T>(SortedDictionary<string, T>? from) =>
        from is null ? ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal) : from.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private sealed class Stored
    {
        public SortedDictionary<string, DraftPoint>? Positions { get; set; }

        public SortedDictionary<string, DraftNote>? Notes { get; set; }

        public SortedDictionary<string, DraftGroup>? Groups { get; set; }
    }
}

/// <summary>A place on the canvas, in its own pixels.</summary>
public sealed record DraftPoint(double X, double Y);

/// <summary>A text beside the steps.</summary>
public sealed record DraftNote(string Text, double X, double Y, double Width, double Height);

/// <summary>A named frame around steps.</summary>
public sealed record DraftGroup(string Label, ImmutableArray<string> Boxes, bool Collapsed)
{
    public bool Equals(DraftGroup? other) => other is not null && Label == other.Label && Collapsed == other.Collapsed && Boxes.SequenceEqual(other.Boxes);

    public override int GetHashCode() => HashCode.Combine(Label, Collapsed, Boxes.Length);
}
