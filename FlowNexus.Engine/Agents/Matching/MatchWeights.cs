namespace FlowNexus.Engine.Agents.Matching;

/// <summary>What each term of a score weighs. Terms a request says nothing about drop out and the others grow in proportion.</summary>
internal sealed record MatchWeights(double Type, double Skills, double Similarity, double Experience, double Availability, double Tier, double Price)
{
    public static MatchWeights For(AgentRequest request)
    {
        var price = request.TierPreference switch { AgentTiers.CostOptimized => 0.10, AgentTiers.Performance => 0.01, _ => 0.04 };
        var raw = new MatchWeights(
            request.AgentType is null ? 0 : 0.25,
            request.Skills.Count + request.SoftSkills.Count == 0 ? 0 : 0.30,
            request.UseVectorSimilarity ? 0.25 : 0,
            0.10,
            0.05,
            0.08,
            price);
        var sum = raw.Type + raw.Skills + raw.Similarity + raw.Experience + raw.Availability + raw.Tier + raw.Price;
        return new MatchWeights(raw.Type / sum, raw.Skills / sum, raw.Similarity / sum, raw.Experience / sum, raw.Availability / sum, raw.Tier / sum, raw.Price / sum);
    }
}
