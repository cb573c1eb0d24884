using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>
/// A workflow while it is being drawn: its definition cut into steps, its layout, the text it was written as, and the
/// outputs pinned to its steps. Immutable: an edit makes another document, so that undoing is going back to one. It
/// holds what its author wrote even where that is not valid.
/// </summary>
public sealed record DraftDocument
{
    private const string StepsField = "steps";

    /// <summary>The definition without its steps; <c>steps</c> is null there and keeps the place. To be read only.</summary>
    public required JsonObject Head { get; init; }

    public ImmutableList<DraftStep> Steps { get; init; } = [];

    public DraftLayout Layout { get; init; } = DraftLayout.Empty;

    /// <summary>The definition as somebody wrote it by hand, with its comments; null when nobody did.</summary>
    public DraftText? Text { get; init; }

    /// <summary>By step id: what the step gives in test executions instead of being run.</summary>
    public ImmutableSortedDictionary<string, string> Pins { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The workflow's name; empty when it has none.</summary>
    public string Name => Head["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : "";

    public IEnumerable<JsonObject> Triggers => (Head["triggers"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A document without steps.</summary>
    public static DraftDocument Blank(string name) => new() { Head = new JsonObject { ["name"] = name, [StepsField] = null } };

    /// <param name="ids">Ids of the steps by name, as far as they have some.</param>
    public static DraftDocument Of(JsonObject definition, IReadOnlyDictionary<string, string> ids, DateTimeOffset now)
    {
        var head = (JsonObject)definition.DeepClone();
        var items = head[StepsField] as JsonArray ?? [];
        head[StepsField] = null;
        var names = items.Select(NameOf).OfType<string>().ToHashSet();
        var used = new HashSet<string>();
        var steps = items.Select(item => AsObject(item, names)).OfType<JsonObject>().Select(source =>
        {
            var name = NameOf(source);
            return new DraftStep(name is not null && ids.TryGetValue(name, out var id) && used.Add(id) ? id : NewId.Step(now), source);
        });
        return new DraftDocument { Head = head, Steps = [.. steps] };
    }

    /// <summary>The whole definition, as a document of its own.</summary>
    public JsonObject Definition()
    {
        var definition = (JsonObject)Head.DeepClone();
        definition[StepsField] = new JsonArray([.. Steps.Select(step => step.Source.DeepClone())]);
        return definition;
    }

    public DraftStep? TryGet(string id) => Steps.Find(step => step.Id == id);

    public DraftStep? TryFind(string name) => Steps.Find(step => step.Name == name);

    /// <summary>Stable ids by name; of two steps with one name the first counts.</summary>
    public IReadOnlyDictionary<string, string> StepIds()
    {
        var ids = new Dictionary<string, string>(Steps.Count);
        foreach (var step in Steps.Where(step => step.Name.Length > 0)) ids.TryAdd(step.Name, step.Id);
        return ids;
    }

    public DraftDocument WithStep(DraftStep step) => this with { Steps = Steps.SetItem(Steps.FindIndex(one => one.Id == step.Id), step) };

    /// <summary>The document with its head changed; the callback gets a copy of its own.</summary>
    public DraftDocument WithHead(Action<JsonObject> change)
    {
        var head = (JsonObject)Head.DeepClone();
        change(head);
        return this with { Head = head };
    }

    public bool Equals(DraftDocument? other) => other is not null && (ReferenceEquals(this, other)
        || (Steps.SequenceEqual(other.Steps) && SameHead(other) && Layout == other.Layout && Text == other.Text && Pins.SequenceEqual(other.Pins)));

    public override int GetHashCode() => HashCode.Combine(Steps.Count, Name);

    private bool SameHead(DraftDocument other) => ReferenceEquals(Head, other.Head) || CanonicalJson.Write(Head) == CanonicalJson.Write(other.Head);

    private static string? NameOf(JsonNode? item) => item is JsonObject fields && fields["name"] is JsonValue name && name.TryGetValue(out string? text) ? text.Trim() : null;

    // A step that is only a text is written out as what the reader takes it for, so that it can be edited.
    private static JsonObject? AsObject(JsonNode? item, HashSet<string> names) => item switch
    {
        JsonObject fields => (JsonObject)fields.DeepClone(),
        JsonValue value when value.TryGetValue(out string? text) => new JsonObject
        {
            ["name"] = Slug.Unique(Slug.Of(text, '_', "step"), names),
            ["type"] = "agent",
            ["description"] = text.Trim(),
        },
        _ => null,
    };
}

/// <summary>A definition as somebody wrote it.</summary>
/// <param name="Format"><c>yaml</c> or <c>json</c>.</param>
public sealed record DraftText(string Format, string Source);
