using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Two people changed the same thing of the same step to different values; theirs stands, mine is kept here.</summary>
/// <param name="StepId">Null for a field of the workflow itself.</param>
/// <param name="Where">Step and field, for people.</param>
/// <param name="Path">The field, from the step or from the workflow.</param>
/// <param name="Mine">JSON text; null when it was taken out.</param>
/// <param name="Theirs">JSON text; null when it was taken out.</param>
public sealed record DraftConflict(string? StepId, string Where, ImmutableArray<string> Path, string? Mine, string? Theirs);

/// <summary>What came of a merge.</summary>
public sealed record MergedDraft(DraftDocument Document, ImmutableArray<DraftConflict> Conflicts);

/// <summary>
/// Merges two sets of changes to one document, step by step and field by field. What only one side changed is taken
/// over; a step that one side removed and the other changed stays; where both changed one field differently, theirs
/// stands and mine is reported, so that nothing is lost without a word. Undoing is the same merge with the edit turned
/// round: the document after it as the base, the one before it as mine.
/// </summary>
public static class DraftMerge
{
    /// <param name="origin">What both sides started from.</param>
    public static MergedDraft Merge(DraftDocument origin, DraftDocument mine, DraftDocument theirs)
    {
        if (origin.Equals(theirs) || mine.Equals(theirs)) return new MergedDraft(mine, []);
        if (origin.Equals(mine)) return new MergedDraft(theirs, []);
        var conflicts = new List<DraftConflict>();
        var merged = new DraftDocument
        {
            Head = FieldMerge.Merge(origin.Head, mine.Head, theirs.Head, (path, my, their) => conflicts.Add(new DraftConflict(null, string.Join(" › ", path), [.. path], my, their))),
            Steps = Steps(origin, mine, theirs, conflicts),
            Layout = Layout(origin.Layout, mine.Layout, theirs.Layout),
            Text = mine.Text == origin.Text ? theirs.Text : theirs.Text == origin.Text ? mine.Text : null,
            Pins = Maps(origin.Pins, mine.Pins, theirs.Pins),
        };
        return new MergedDraft(merged, [.. conflicts]);
    }

    private static ImmutableList<DraftStep> Steps(DraftDocument origin, DraftDocument mine, DraftDocument theirs, List<DraftConflict> conflicts)
    {
        var before = origin.Steps.ToDictionary(step => step.Id);
        var my = mine.Steps.ToDictionary(step => step.Id);
        var their = theirs.Steps.ToDictionary(step => step.Id);
        var merged = new Dictionary<string, DraftStep>();
        foreach (var id in my.Keys.Union(their.Keys))
        {
            var (old, one, other) = (before.GetValueOrDefault(id), my.GetValueOrDefault(id), their.GetValueOrDefault(id));
            if (one is null && old is not null && other!.Equals(old)) continue;
            if (other is null && old is not null && one!.Equals(old)) continue;
            merged[id] = one is null ? other! : other is null ? one : Step(old, one, other, conflicts);
        }

        return Ordered(OrderOf(origin, mine, theirs), merged);
    }

    private static DraftStep Step(DraftStep? origin, DraftStep mine, DraftStep theirs, List<DraftConflict> conflicts)
    {
        if (mine.Equals(theirs) || (origin is not null && mine.Equals(origin))) return theirs;
        if (origin is not null && theirs.Equals(origin)) return mine;
        var source = FieldMerge.Merge(origin?.Source ?? [], mine.Source, theirs.Source, (path, my, their) =>
            conflicts.Add(new DraftConflict(mine.Id, $"{theirs.Name} › {string.Join(" › ", path)}", [.. path], my, their)));
        return new DraftStep(mine.Id, source);
    }

    // The order of whoever changed it; steps that only the other side has come after what they followed there.
    private static (IEnumerable<string> First, IEnumerable<string> Then) OrderOf(DraftDocument origin, DraftDocument mine, DraftDocument theirs)
    {
        var old = origin.Steps.Select(step => step.Id).ToArray();
        var (my, their) = (mine.Steps.Select(step => step.Id).ToArray(), theirs.Steps.Select(step => step.Id).ToArray());
        var kept = old.Intersect(their).ToArray();
        return their.Intersect(old).SequenceEqual(kept) ? (my, their) : (their, my);
    }

    private static ImmutableList<DraftStep> Ordered((IEnumerable<string> First, IEnumerable<string> Then) order, Dictionary<string, DraftStep> steps)
    {
        var ids = order.First.Where(steps.ContainsKey).ToList();
        var known = ids.ToHashSet();
        string? previous = null;
        foreach (var id in order.Then.Where(steps.ContainsKey))
        {
            if (known.Add(id)) ids.Insert(previous is null ? 0 : ids.IndexOf(previous) + 1, id);
            previous = id;
        }

        return [.. ids.Select(id => steps[id])];
    }

    private static DraftLayout Layout(DraftLayout origin, DraftLayout mine, DraftLayout theirs) => new()
    {
        Positions = Maps(origin.Positions, mine.Positions, theirs.Positions),
        Notes = Maps(origin.Notes, mine.Notes, theirs.Notes),
        Groups = Maps(origin.Groups, mine.Groups, theirs.Groups),
    };

    // Where a box stands is no fact of the workflow: of two moves the one that is saved already stands.
    private static ImmutableSortedDictionary<string, T> Maps<T>(ImmutableSortedDictionary<string, T> origin, ImmutableSortedDictionary<string, T> mine, ImmutableSortedDictionary<string, T> theirs)
        where T : class, IEquatable<T>
    {
        if (ReferenceEquals(origin, mine)) return theirs;
        var merged = theirs.ToBuilder();
        foreach (var key in origin.Keys.Union(mine.Keys).ToArray())
        {
            var (old, one, other) = (origin.GetValueOrDefault(key), mine.GetValueOrDefault(key), theirs.GetValueOrDefault(key));
            if (Equals(old, one) || !Equals(old, other)) continue;
            if (one is null) merged.Remove(key);
            else merged[key] = one;
        }

        return merged.ToImmutable();
    }
}

/// <summary>Merges the fields of one JSON object; nested objects by their fields, everything else as a whole.</summary>
internal static class FieldMerge
{
    public static JsonObject Merge(JsonObject origin, JsonObject mine, JsonObject theirs, Action<IReadOnlyList<string>, string?, string?> conflict) =>
        Merge(origin, mine, theirs, [], conflict);

    private static JsonObject Merge(JsonObject origin, JsonObject mine, JsonObject theirs, IReadOnlyList<string> path, Action<IReadOnlyList<string>, string?, string?> conflict)
    {
        var merged = new JsonObject();
        var order = mine.Select(field => field.Key).SequenceEqual(origin.Select(field => field.Key)) ? theirs.Concat(mine) : mine.Concat(theirs);
        foreach (var name in order.Select(field => field.Key).Distinct())
        {
            var (old, one, other) = (Value.Of(origin, name), Value.Of(mine, name), Value.Of(theirs, name));
            var taken = one.Same(other) || one.Same(old) ? other : other.Same(old) ? one : default;
            if (taken.Exists) merged[name] = taken.Node?.DeepClone();
            if (one.Same(other) || one.Same(old) || other.Same(old)) continue;
            IReadOnlyList<string> here = [.. path, name];
            if (one.Node is JsonObject my && other.Node is JsonObject their)
            {
                merged[name] = Merge(old.Node as JsonObject ?? [], my, their, here, conflict);
                continue;
            }

            // Lists of names grow on both sides without meeting.
            if (name == "depends_on" && one.Node is JsonArray myNames && other.Node is JsonArray theirNames)
            {
                merged[name] = Names(old.Node as JsonArray ?? [], myNames, theirNames);
                continue;
            }

            conflict(here, one.Text, other.Text);
            if (other.Exists) merged[name] = other.Node?.DeepClone();
        }

        return merged;
    }

    private static JsonArray Names(JsonArray origin, JsonArray mine, JsonArray theirs)
    {
        var (old, my, their) = (StepReferences.Texts(origin).ToHashSet(), StepReferences.Texts(mine).ToList(), StepReferences.Texts(theirs).ToList());
        var names = their.Where(name => my.Contains(name) || !old.Contains(name)).Concat(my.Where(name => !their.Contains(name) && !old.Contains(name)));
        return [.. names.Select(name => (JsonNode?)JsonValue.Create(name))];
    }

    private readonly record struct Value(bool Exists, JsonNode? Node)
    {
        public string? Text => Exists ? CanonicalJson.Write(Node) : null;

        public static Value Of(JsonObject fields, string name) => new(fields.TryGetPropertyValue(name, out var node), node);

        public bool Same(Value other) => Exists == other.Exists && JsonNode.DeepEquals(Node, other.Node);
    }
}
