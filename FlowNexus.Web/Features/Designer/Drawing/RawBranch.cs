using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>One way out of a step that branches.</summary>
/// <param name="Port">See <see cref="Ui.Canvas.CanvasPort.Id"/>.</param>
/// <param name="Targets">Names of steps, or paths that steps carry; empty leads nowhere yet.</param>
internal sealed record RawBranch(string Port, string Label, IReadOnlyList<string> Targets)
{
    private const int LongestLabel = 32;

    public static IReadOnlyList<RawBranch> Of(RawStep step) => step.Type switch
    {
        "conditional" => OfConditions(step.OwnerOf("conditions")["conditions"] as JsonArray),
        "switch" => OfCases(step.OwnerOf("cases")),
        _ => [],
    };

    private static List<RawBranch> OfConditions(JsonArray? conditions)
    {
        var all = conditions?.OfType<JsonObject>().ToList() ?? [];
        List<RawBranch> branches = [];
        var hasElse = all.Any(one => one["else"] is not null);
        for (var i = 0; i < all.Count; i++)
        {
            branches.Add(new RawBranch(BranchPorts.Then(i), all.Count == 1 ? "then" : Short(RawStep.Text(all[i]["if"]) ?? $"condition {i + 1}"), Names(all[i]["then"])));

            // Where none of them says what happens otherwise, the last one offers it.
            if (all[i]["else"] is not null || (!hasElse && i == all.Count - 1)) branches.Add(new RawBranch(BranchPorts.Else(i), "else", Names(all[i]["else"])));
        }

        return branches;
    }

    private static List<RawBranch> OfCases(JsonObject owner)
    {
        List<RawBranch> branches = [];
        var cases = owner["cases"] as JsonArray ?? [];
        for (var i = 0; i < cases.Count; i++)
            if (cases[i] is JsonObject one) branches.Add(new RawBranch(BranchPorts.Case(i), Short(Match(one) ?? $"case {i + 1}"), Names(one["then"])));
        branches.Add(new RawBranch(BranchPorts.Default, "default", Names(owner["default"])));
        return branches;
    }

    private static string? Match(JsonObject one)
    {
        if (RawStep.Text(one["if"]) is { } condition) return condition;
        if (one["in"] is JsonArray list) return string.Join(", ", list.Select(Words));
        return one.ContainsKey("equals") ? Words(one["equals"]) : null;
    }

    private static string Words(JsonNode? node) => RawStep.Text(node) ?? node?.ToJsonString() ?? "null";

    private static List<string> Names(JsonNode? node) =>
        [.. (node is JsonArray list ? list.Select(RawStep.Text) : [RawStep.Text(node)]).OfType<string>().Where(target => target.Length > 0).Distinct()];

    private static string Short(string text) => text.Length <= LongestLabel ? text : string.Concat(text.AsSpan(0, LongestLabel - 1), "…");
}
