using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>
/// Steps without any <c>depends_on</c> run in the order they are listed. Before an edge can be added or taken away,
/// that order is written out as dependencies.
/// </summary>
public static class ListedOrder
{
    public static bool IsListed(DraftDocument document) => document.Steps.TrueForAll(step => !step.Source.ContainsKey("depends_on"));

    /// <summary>The same workflow with its order written out; unchanged when it was.</summary>
    /// <remarks>
    /// A step after alternatives that a branch chooses from follows all of them, so that it runs on whichever path was
    /// taken; the alternatives themselves follow the branch and not each other.
    /// </remarks>
    public static DraftDocument WrittenOut(this DraftDocument document)
    {
        if (document.Steps.Count == 0 || !IsListed(document)) return document;
        var gated = Gated(document);
        var steps = document.Steps.ToBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            var before = Before(document, gated, i);
            steps[i] = steps[i].With(source => source["depends_on"] = new JsonArray([.. before.Select(name => JsonValue.Create(name))]));
        }

        return document with { Steps = steps.ToImmutable() };
    }

    private static IEnumerable<string> Before(DraftDocument document, HashSet<string> gated, int step)
    {
        if (step == 0 || gated.Contains(document.Steps[step].Id)) yield break;
        var first = step - 1;
        while (first > 0 && gated.Contains(document.Steps[first].Id) && gated.Contains(document.Steps[first - 1].Id)) first--;
        for (var i = first; i < step; i++) yield return document.Steps[i].Name;
    }

    private static HashSet<string> Gated(DraftDocument document)
    {
        var targets = document.Steps.SelectMany(step => StepReferences.Branches(step.Source).Select(branch => branch.Target)
            .Append(StepReferences.Text(step.Source["on_error"]) ?? "")).ToHashSet();
        return [.. document.Steps.Where(step => targets.Contains(step.Name) || (StepReferences.Text(step.Source["path"]) is { Length: > 0 } path && targets.Contains(path))).Select(step => step.Id)];
    }
}
