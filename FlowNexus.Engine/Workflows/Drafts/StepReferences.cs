using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>The places where a step speaks of another by its name.</summary>
internal static class StepReferences
{
    /// <summary>Gives every reference of a step another name, or takes it out where the answer is null.</summary>
    /// <returns>The same step when nothing changed.</returns>
    public static DraftStep Rewrite(DraftStep step, Func<string, string?> rename)
    {
        var copy = (JsonObject)step.Source.DeepClone();
        Rewrite(copy, rename);
        var changed = new DraftStep(step.Id, copy);
        return changed.Text == step.Text ? step : changed;
    }

    /// <summary>Every branch target: where it stands, as the port it is drawn at, and what it says.</summary>
    public static IEnumerable<(string Port, string Target)> Branches(JsonObject step)
    {
        foreach (var (index, branch) in Items(step, "conditions"))
        {
            if (Text(branch["then"]) is { } then) yield return (BranchPorts.Then(index), then);
            if (Text(branch["else"]) is { } other) yield return (BranchPorts.Else(index), other);
        }

        foreach (var (index, branch) in Items(step, "cases"))
            foreach (var target in Texts(branch["then"])) yield return (BranchPorts.Case(index), target);
        foreach (var target in Texts(Setting(step, "default"))) yield return (BranchPorts.Default, target);
    }

    internal static JsonNode? Setting(JsonObject step, string name) =>
        step["config"] is JsonObject config && config.TryGetPropertyValue(name, out var value) ? value : step[name];

    internal static IEnumerable<(int Index, JsonObject Item)> Items(JsonObject step, string name) =>
        (Setting(step, name) as JsonArray ?? []).Select((item, index) => (index, item as JsonObject)).Where(pair => pair.Item2 is not null).Select(pair => (pair.index, pair.Item2!));

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text.Trim() : null;

    internal static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray items => items.Select(Text).OfType<string>(),
        _ => Text(node) is { } one ? [one] : [],
    };

    private static void Rewrite(JsonObject step, Func<string, string?> rename)
    {
        Field(step, "depends_on", rename);
        Field(step, "on_error", rename);
        var settings = new[] { step, step["config"] as JsonObject }.OfType<JsonObject>().ToArray();
        foreach (var fields in settings)
        {
            Field(fields, "closed_by", rename);
            Field(fields, "default", rename);
        }

        foreach (var (_, branch) in Items(step, "conditions"))
        {
            Field(branch, "then", rename);
            Field(branch, "else", rename);
        }

        foreach (var (_, branch) in Items(step, "cases")) Field(branch, "then", rename);
    }

    private static void Field(JsonObject fields, string name, Func<string, string?> rename)
    {
        switch (fields[name])
        {
            case JsonArray items:
                for (var i = items.Count - 1; i >= 0; i--)
                {
                    if (Text(items[i]) is not { } target || rename(target) is var renamed && renamed == target) continue;
                    if (renamed is null) items.RemoveAt(i);
                    else items[i] = renamed;
                }

                break;
            case { } node when Text(node) is { } target && rename(target) is var renamed && renamed != target:
                if (renamed is null) fields.Remove(name);
                else fields[name] = renamed;
                break;
        }
    }
}

/// <summary>What the places are called where a step's branches leave it.</summary>
public static class BranchPorts
{
    public const string Error = "error";
    public const string Default = "default";

    public static string Then(int condition) => $"if:{condition}:then";

    public static string Else(int condition) => $"if:{condition}:else";

    public static string Case(int number) => $"case:{number}";
}
