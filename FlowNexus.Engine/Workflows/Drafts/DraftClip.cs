using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Identity;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Steps on the clipboard: JSON that people can read, and that pastes into any workflow.</summary>
public static class DraftClip
{
    private const string Mark = "flownexus/steps";

    private static readonly string[] Secrets = ["authorization", "api-key", "api_key", "apikey", "password", "secret", "token", "cookie"];

    /// <summary>The chosen steps with their places; links to steps that are not among them are left out when they are pasted.</summary>
    public static string Copy(DraftDocument document, IReadOnlyCollection<string> ids)
    {
        var written = document.WrittenOut();
        var steps = written.Steps.Where(step => ids.Contains(step.Id)).Select(step =>
        {
            var item = new JsonObject { ["step"] = WithoutSecrets(step.Source.DeepClone()) };
            if (written.Layout.Positions.TryGetValue(step.Id, out var at)) (item["x"], item["y"]) = (at.X, at.Y);
            return (JsonNode)item;
        });
        return new JsonObject { ["clip"] = Mark, ["steps"] = new JsonArray([.. steps]) }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Pastes what <see cref="Copy"/> gave, a step, a list of steps or a whole definition; null when the text is none of these.</summary>
    /// <param name="at">Where the top left corner of what is pasted comes to stand.</param>
    public static (DraftDocument Document, IReadOnlyList<string> Ids)? Paste(DraftDocument document, string text, DraftPoint at, DateTimeOffset now)
    {
        if (Read(text) is not { Count: > 0 } items) return null;
        var written = document.WrittenOut();
        var taken = written.Steps.Select(step => step.Name).ToHashSet();
        var names = new Dictionary<string, string>();
        foreach (var item in items) names.TryAdd(Name(item.Step), Workflows.Reading.Slug.Unique(Name(item.Step), taken));

        var origin = (X: items.Min(item => item.At?.X) ?? 0, Y: items.Min(item => item.At?.Y) ?? 0);
        var layout = written.Layout.Positions;
        var steps = written.Steps.ToBuilder();
        var ids = new List<string>();
        foreach (var item in items)
        {
            var id = NewId.Step(now);
            var step = StepReferences.Rewrite(new DraftStep(id, item.Step), target => names.GetValueOrDefault(target));
            foreach (var (before, after) in names.Where(pair => pair.Key != pair.Value)) step = StepRenaming.Follow(step, before, after);
            steps.Add(step.With(fields =>
            {
                fields["name"] = names[Name(item.Step)];
                if (steps.Count > 0 && fields["depends_on"] is null) fields["depends_on"] = new JsonArray();
            }));
            ids.Add(id);
            if (item.At is { } place) layout = layout.SetItem(id, new DraftPoint(at.X + place.X - origin.X, at.Y + place.Y - origin.Y));
        }

        return (written with { Steps = steps.ToImmutable(), Layout = written.Layout with { Positions = layout } }, ids);
    }

    // A clipboard is read by every program: what looks like a credential stays behind, unless it is only named.
    private static JsonNode WithoutSecrets(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                if (Secrets.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && StepReferences.Text(value) is { } text && !text.Contains("{{", StringComparison.Ordinal)) fields.Remove(name);
                else if (value is not null) WithoutSecrets(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>()) WithoutSecrets(item);
        }

        return node;
    }

    private static string Name(JsonObject step) => StepReferences.Text(step["name"]) is { Length: > 0 } name ? name : "step";

    private static List<(JsonObject Step, DraftPoint? At)>? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) switch
            {
                JsonObject { } clip when StepReferences.Text(clip["clip"]) == Mark => [.. (clip["steps"] as JsonArray ?? []).OfType<JsonObject>().Where(item => item["step"] is JsonObject)
                    .Select(item => ((JsonObject)item["step"]!.DeepClone(), Number(item["x"]) is { } x && Number(item["y"]) is { } y ? new DraftPoint(x, y) : null))],
                JsonObject definition when definition["steps"] is JsonArray steps => Steps(steps),
                JsonObject step when step.ContainsKey("type") => [((JsonObject)step.DeepClone(), null)],
                JsonArray steps => Steps(steps),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<(JsonObject, DraftPoint?)> Steps(JsonArray items) =>
        [.. items.OfType<JsonObject>().Where(step => step.ContainsKey("type")).Select(step => ((JsonObject)step.DeepClone(), (DraftPoint?)null))];

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
