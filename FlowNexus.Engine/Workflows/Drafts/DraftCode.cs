using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Takes over a definition that was written as text.</summary>
public static class DraftCode
{
    /// <summary>
    /// The document with another definition. A step keeps its id by its name, else where one step was renamed in its
    /// place, so that its position, its pinned output and the comparison of versions follow it.
    /// </summary>
    public static DraftDocument Replace(this DraftDocument document, JsonObject definition, DraftText? text, DateTimeOffset now)
    {
        var ids = new Dictionary<string, string>(document.StepIds());
        var names = ((definition["steps"] as JsonArray) ?? []).Select(step => StepReferences.Text((step as JsonObject)?["name"])).ToList();
        var there = names.OfType<string>().ToHashSet();
        for (var i = 0; i < names.Count && i < document.Steps.Count; i++)
        {
            var before = document.Steps[i];
            if (names[i] is { } name && !ids.ContainsKey(name) && !there.Contains(before.Name)) ids[name] = before.Id;
        }

        var replaced = DraftDocument.Of(definition, ids, now);
        var left = replaced.Steps.Select(step => step.Id).ToHashSet();
        var gone = document.Steps.Select(step => step.Id).Where(id => !left.Contains(id)).ToList();
        return replaced with
        {
            Text = text,
            Pins = document.Pins.RemoveRange(gone),
            Layout = document.Layout with { Positions = document.Layout.Positions.RemoveRange(gone) },
        };
    }
}
