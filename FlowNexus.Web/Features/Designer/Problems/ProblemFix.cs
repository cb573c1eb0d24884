using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Web.Features.Designer.Problems;

/// <summary>One click that does away with a problem.</summary>
public sealed partial record ProblemFix(string Label, Func<DraftDocument, DraftDocument> Edit)
{
    /// <summary>More choices than this are no quick fix.</summary>
    private const int MostChoices = 4;

    /// <param name="path">Of what is wrong, from the step or from the workflow.</param>
    public static IReadOnlyList<ProblemFix> Of(ProblemDetail detail, IReadOnlyList<string> path, DraftStep? step, DraftDocument document) =>
        [.. Found(detail, path, step, document).DistinctBy(fix => fix.Label).Take(MostChoices)];

    private static IEnumerable<ProblemFix> Found(ProblemDetail detail, IReadOnlyList<string> path, DraftStep? step, DraftDocument document)
    {
        var field = path.Count == 0 ? "" : path[^1];
        switch (detail.Rule)
        {
            case "unknown_field":
                if (Suggested(detail) is { } known) yield return new($"Call it '{known}'", draft => Renamed(draft, step, path, known));
                yield return new($"Remove '{field}'", draft => Set(draft, step, path, null));
                break;
            case "duplicate_name" when step is not null:
                var free = document.FreeName(step.Name);
                yield return new($"Rename to '{free}'", draft => draft.Set(step.Id, ["name"], free));
                break;
            case "cycle" when step is not null:
                foreach (var name in Cycle(detail, step)) yield return new($"Remove the dependency on '{name}'", draft => Unlinked(draft, step, name));
                break;
            case "not_upstream" when step is not null && Quoted().Matches(detail.Hint ?? "") is [var before, ..] && document.TryFind(before.Groups["word"].Value) is { } earlier:
                yield return new($"Let it follow '{earlier.Name}'", draft => draft.Connect(earlier.Id, null, step.Id));
                break;
            case "open_path" when Quoted().Match(detail.Message) is { Success: true } target:
                yield return new($"Add a step '{target.Groups["word"].Value}'", draft => draft.Add($"{step?.Id}:{target.Groups["word"].Value}", "transform", target.Groups["word"].Value));
                break;
            case "self_loop" or "duplicate_dependency" or "no_effect" or "no_dependencies" or "contradiction":
                yield return new($"Remove {Words(path)}", draft => Set(draft, step, path, null));
                break;
            default:
                if (Suggested(detail) is { } meant) yield return new($"Use '{meant}'", draft => Set(draft, step, path, meant));
                if (detail.Rule == "unknown_step" && path.Count > 0 && path[0] is "depends_on" or "on_error" or "closed_by") yield return new($"Remove {Words(path)}", draft => Set(draft, step, path, null));
                if (detail is { Rule: "not_allowed", Allowed: { Count: <= MostChoices } allowed })
                    foreach (var choice in allowed) yield return new($"Use '{choice}'", draft => Set(draft, step, path, choice));
                break;
        }
    }

    private static string? Suggested(ProblemDetail detail) => Meant().Match(detail.Hint ?? "") is { Success: true } match ? match.Groups["word"].Value : null;

    private static IEnumerable<string> Cycle(ProblemDetail detail, DraftStep step)
    {
        var names = detail.Message[(detail.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].TrimEnd('.').Split(" → ").ToHashSet();
        return (step.Source["depends_on"] as JsonArray ?? []).Select(name => name?.ToString() ?? "").Where(names.Contains);
    }

    private static DraftDocument Unlinked(DraftDocument draft, DraftStep step, string name) =>
        draft.TryFind(name) is { } other ? draft.Disconnect(other.Id, null, step.Id) : draft;

    private static DraftDocument Set(DraftDocument draft, DraftStep? step, IReadOnlyList<string> path, string? value) =>
        step is null ? draft.SetHead(path, value) : draft.Set(step.Id, path, value);

    private static DraftDocument Renamed(DraftDocument draft, DraftStep? step, IReadOnlyList<string> path, string name)
    {
        JsonNode? value = step is null ? draft.Head : draft.TryGet(step.Id)?.Source;
        foreach (var part in path) value = value is JsonArray items && int.TryParse(part, out var index) && index < items.Count ? items[index] : value is JsonObject fields ? fields[part] : null;
        var removed = Set(draft, step, path, null);
        string[] there = [.. path.Take(path.Count - 1), name];
        return step is null ? removed.SetHead(there, value) : removed.Set(step.Id, there, value);
    }

    private static string Words(IReadOnlyList<string> path) => path is ["depends_on", ..] ? "this dependency" : $"'{path[^1]}'";

    [GeneratedRegex("^Did you mean '(?<word>.+)'\\?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Meant();

    [GeneratedRegex("'(?<word>[^']+)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
