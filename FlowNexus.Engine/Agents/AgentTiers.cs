namespace FlowNexus.Engine.Agents;

/// <summary>The three tiers, from the cheapest to the strongest.</summary>
public static class AgentTiers
{
    public const string CostOptimized = "cost_optimized";
    public const string Balanced = "balanced";
    public const string Performance = "performance";

    public static readonly IReadOnlyList<string> Names = [CostOptimized, Balanced, Performance];

    /// <summary>How many tiers lie between two, 0 to 2; the farthest when a word is unknown.</summary>
    public static int Distance(string left, string right)
    {
        var (from, to) = (Place(left), Place(right));
        return from < 0 || to < 0 ? Names.Count - 1 : Math.Abs(from - to);
    }

    private static int Place(string tier)
    {
        for (var i = 0; i < Names.Count; i++)
            if (Names[i] == tier) return i;
        return -1;
    }
}
