using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Gives a step another name, and everything that speaks of it with it.</summary>
public static partial class StepRenaming
{
    private static readonly string[] NoExpressions = ["name", "description", "type"];

    /// <summary>The document with the step renamed in dependencies, branches, error handlers and expressions; unchanged when there is no such step.</summary>
    public static DraftDocument Rename(this DraftDocument document, string id, string name)
    {
        if (document.TryGet(id) is not { } step) return document;
        var (before, after) = (step.Name, name.Trim());
        var renamed = document.WithStep(step.With(source => source["name"] = after));
        return before.Length == 0 || before == after ? renamed : renamed with { Steps = [.. renamed.Steps.Select(one => Follow(one, before, after))] };
    }

    /// <summary>One step with its references and expressions speaking of the new name.</summary>
    internal static DraftStep Follow(DraftStep step, string before, string after)
    {
        var referring = StepReferences.Rewrite(step, target => target == before ? after : target);
        if (!referring.Text.Contains("steps", StringComparison.Ordinal)) return referring;
        var copy = (JsonObject)referring.Source.DeepClone();
        foreach (var (name, value) in copy.ToList())
        {
            if (!NoExpressions.Contains(name) && Expressions(value, before, after) is { } changed) copy[name] = changed;
        }

        var followed = new DraftStep(step.Id, copy);
        return followed.Text == referring.Text ? referring : followed;
    }

    /// <summary>What takes the place of a value; null when it stays, changed inside or not at all.</summary>
    private static JsonValue? Expressions(JsonNode? node, string before, string after)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                    if (Expressions(value, before, after) is { } changed) fields[name] = changed;
                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (Expressions(items[i], before, after) is { } changed) items[i] = changed;
                return null;
            case JsonValue value when value.TryGetValue(out string? text) && text.Contains("steps", StringComparison.Ordinal):
                var followed = Path().Replace(text, match => Named(match) == before ? "steps" + Segment(after) : match.Value);
                return followed == text ? null : JsonValue.Create(followed);
            default: return null;
        }
    }

    private static string Named(Match match) =>
        match.Groups["word"] is { Success: true } word ? word.Value : Unquoted(match.Groups["quoted"].Value);

    private static string Unquoted(string quoted)
    {
        var inner = quoted[1..^1];
        return inner.Contains('\\', StringComparison.Ordinal) ? Regex.Unescape(inner) : inner;
    }

    private static string Segment(string name) => Word().IsMatch(name) ? "." + name : $"[{JsonSerializer.Serialize(name)}]";

    [GeneratedRegex("""(?<![\w.])steps\s*(?:\.\s*(?<word>[\p{L}_][\p{L}\p{N}_]*)|\[\s*(?<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\])""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path();

    [GeneratedRegex("""^[\p{L}_][\p{L}\p{N}_]*$""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
