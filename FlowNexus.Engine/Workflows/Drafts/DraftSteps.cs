using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Adds, removes and changes steps.</summary>
public static class DraftSteps
{
    /// <param name="stem">What the step is called; a number is added when another has that name.</param>
    public static DraftDocument Add(this DraftDocument document, string id, string type, string stem, DraftPoint? at = null, JsonObject? settings = null)
    {
        var written = document.WrittenOut();
        var source = new JsonObject { ["name"] = written.FreeName(stem), ["type"] = type };
        foreach (var (name, value) in settings ?? []) source[name] = value?.DeepClone();
        if (written.Steps.Count > 0) source["depends_on"] ??= new JsonArray();
        var added = written with { Steps = written.Steps.Add(new DraftStep(id, source)) };
        return at is null ? added : added.Place(id, at);
    }

    /// <summary>Removes steps and what speaks of them; what their neighbours had through them is not joined up.</summary>
    public static DraftDocument Remove(this DraftDocument document, IReadOnlyCollection<string> ids)
    {
        if (!document.Steps.Any(step => ids.Contains(step.Id))) return document;
        var written = document.WrittenOut();
        var names = written.Steps.Where(step => ids.Contains(step.Id)).Select(step => step.Name).ToHashSet();
        var left = written.Steps.Where(step => !ids.Contains(step.Id)).Select(step => StepReferences.Rewrite(step, name => names.Contains(name) ? null : name)).ToImmutableList();
        if (left is [var only] && only.Source["depends_on"] is JsonArray { Count: 0 }) left = [only.With(fields => fields.Remove("depends_on"))];
        return written with
        {
            Steps = left,
            Pins = written.Pins.RemoveRange(ids),
            Layout = written.Layout with
            {
                Positions = written.Layout.Positions.RemoveRange(ids),
                Groups = written.Layout.Groups.Select(group => KeyValuePair.Create(group.Key, group.Value with { Boxes = group.Value.Boxes.RemoveAll(ids.Contains) }))
                    .Where(group => group.Value.Boxes.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal),
            },
        };
    }

    /// <summary>Sets a field of a step, or takes it out when <paramref name="value"/> is null; objects on the way are made.</summary>
    /// <param name="path">Names of fields and indexes of lists.</param>
    public static DraftDocument Set(this DraftDocument document, string id, IReadOnlyList<string> path, JsonNode? value) =>
        document.TryGet(id) is { } step ? document.WithStep(step.With(fields => JsonPlace.Set(fields, path, value))) : document;

    /// <summary>As <see cref="Set"/> for a setting of the step's type: where the step has it, else in its <c>config</c> if it has one, else in the step itself.</summary>
    public static DraftDocument SetSetting(this DraftDocument document, string id, IReadOnlyList<string> path, JsonNode? value)
    {
        if (document.TryGet(id) is not { } step) return document;
        var inConfig = step.Source["config"] is JsonObject config && (config.ContainsKey(path[0]) || !step.Source.ContainsKey(path[0]));
        return document.Set(id, inConfig ? ["config", .. path] : path, value);
    }

    /// <summary>As <see cref="Set"/> for a field of the workflow.</summary>
    public static DraftDocument SetHead(this DraftDocument document, IReadOnlyList<string> path, JsonNode? value) =>
        document.WithHead(head => JsonPlace.Set(head, path, value));

    public static DraftDocument Place(this DraftDocument document, string id, DraftPoint at) =>
        document with { Layout = document.Layout with { Positions = document.Layout.Positions.SetItem(id, at) } };

    /// <summary>The stem itself, or with the first number that makes it unique among the steps.</summary>
    public static string FreeName(this DraftDocument document, string stem) =>
        Slug.Unique(stem, document.Steps.Select(step => step.Name).ToHashSet());
}
