namespace FlowNexus.Engine.Workflows;

/// <summary>The targets a step's branch took, as one text: names hold no control characters, so a line each is unambiguous.</summary>
public static class BranchTargets
{
    private const char Separator = '\n';

    /// <summary>Null when there is none.</summary>
    public static string? Join(IReadOnlyCollection<string> targets) => targets.Count == 0 ? null : string.Join(Separator, targets.Distinct());

    public static IReadOnlyList<string> Split(string? branch) => branch is null ? [] : branch.Split(Separator);

    public static bool Contains(string? branch, string? target)
    {
        if (branch is null || target is null) return false;
        return branch == target || (branch.Contains(Separator) && branch.Split(Separator).Contains(target));
    }
}
