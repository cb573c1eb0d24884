using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>What differs between two documents of one workflow, step by step.</summary>
public sealed record DraftDiff(IReadOnlyList<StepChange> Steps, IReadOnlyList<FieldChange> Fields)
{
    public bool IsEmpty => Steps.Count == 0 && Fields.Count == 0;

    /// <summary>Steps are matched by their ids, so that a rename is a change and not a removal. Where boxes stand does not count.</summary>
    public static DraftDiff Of(DraftDocument before, DraftDocument after)
    {
        var old = before.Steps.ToDictionary(step => step.Id);
        var steps = new List<StepChange>();
        foreach (var step in after.Steps)
        {
            if (!old.Remove(step.Id, out var was)) steps.Add(new StepChange(step.Id, step.Name, ChangeKind.Added, FieldsOf(null, step.Source)));
            else if (!was.Equals(step)) steps.Add(new StepChange(step.Id, step.Name, ChangeKind.Changed, FieldsOf(was.Source, step.Source)));
        }

        steps.AddRange(before.Steps.Where(step => old.ContainsKey(step.Id)).Select(step => new StepChange(step.Id, step.Name, ChangeKind.Removed, FieldsOf(step.Source, null))));
        return new DraftDiff(steps, FieldsOf(before.Head, after.Head));
    }

    /// <summary>In one line: <c>2 steps added, 1 changed; triggers changed</c>.</summary>
    public string Summary()
    {
        if (IsEmpty) return "Nothing changed";
        var words = new[] { (ChangeKind.Added, "added"), (ChangeKind.Changed, "changed"), (ChangeKind.Removed, "removed") }
            .Select(kind => (Count: Steps.Count(step => step.Kind == kind.Item1), Word: kind.Item2)).Where(kind => kind.Count > 0)
            .Select((kind, index) => index == 0 ? $"{kind.Count} {(kind.Count == 1 ? "step" : "steps")} {kind.Word}" : $"{kind.Count} {kind.Word}");
        var fields = Fields.Select(field => field.Path.Split(" › ")[0]).Distinct().ToArray();
        return string.Join("; ", new[] { string.Join(", ", words), fields.Length == 0 ? "" : $"{string.Join(", ", fields)} changed" }.Where(part => part.Length > 0));
    }

    private static List<FieldChange> FieldsOf(JsonObject? before, JsonObject? after)
    {
        var changes = new List<FieldChange>();
        Compare(before, after, "", changes);
        return changes;
    }

    private static void Compare(JsonObject? before, JsonObject? after, string path, List<FieldChange> changes)
    {
        foreach (var name in (before ?? []).Concat(after ?? []).Select(field => field.Key).Distinct())
        {
            var (had, has) = (before?.ContainsKey(name) == true, after?.ContainsKey(name) == true);
            var (old, now) = (had ? before![name] : null, has ? after![name] : null);
            if (had == has && JsonNode.DeepEquals(old, now)) continue;
            var here = path.Length == 0 ? name : $"{path} › {name}";
            if (old is JsonObject one && now is JsonObject other) Compare(one, other, here, changes);
            else changes.Add(new FieldChange(here, had ? CanonicalJson.Write(old) : null, has ? CanonicalJson.Write(now) : null));
        }
    }
}

/// <summary>One step that differs.</summary>
public sealed record StepChange(string StepId, string Name, ChangeKind Kind, IReadOnlyList<FieldChange> Fields);

/// <summary>How a step differs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    [JsonStringEnumMemberName("added")]
    Added,

    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("changed")]
    Changed,
}

/// <summary>One field that differs.</summary>
/// <param name="Path">Its name, with those of the objects it stands in: <c>config › epochs</c>.</param>
/// <param name="Before">JSON text; null when it was not there.</param>
/// <param name="After">JSON text; null when it is gone.</param>
public sealed record FieldChange(string Path, string? Before, string? After);
