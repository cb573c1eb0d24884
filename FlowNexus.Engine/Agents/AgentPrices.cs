using System.Globalization;

namespace FlowNexus.Engine.Agents;

/// <summary>What a task costs when an agent is registered without a price of its own.</summary>
public static class AgentPrices
{
    /// <summary>Micro-credits in one credit.</summary>
    public const long Credit = 1_000_000;

    /// <summary>Micro-credits a task, by tier; the price of the balanced tier when the word is unknown.</summary>
    public static long OfTier(string tier) => tier switch
    {
        AgentTiers.CostOptimized => Credit / 5,
        AgentTiers.Performance => Credit * 3 / 2,
        _ => Credit / 2,
    };

    /// <summary>For people: <c>0.2 credits</c>.</summary>
    public static string Text(long micro) => ((decimal)micro / Credit).ToString("0.######", CultureInfo.InvariantCulture) + (micro == Credit ? " credit" : " credits");
}
