using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>Who was chosen for an attempt, how well it matched and why, and who else could have done it.</summary>
public sealed record AssignedAgent(string AgentId, double? Score, string? Reason, IReadOnlyList<OtherAgent> Alternatives)
{
    /// <param name="one">An <c>agent_assigned</c> event.</param>
    public static AssignedAgent Of(EventView one)
    {
        var match = one.Details?["match"];
        var others = match?["alternatives"] as JsonArray ?? [];
        return new AssignedAgent(
            one.AgentId ?? "",
            one.Details?["match_score"]?.GetValue<double>(),
            match?["reason"]?.GetValue<string>(),
            [.. others.OfType<JsonObject>().Select(other => new OtherAgent(other["agent_id"]?.GetValue<string>() ?? "", other["match_score"]?.GetValue<double>() ?? 0, other["reason"]?.GetValue<string>() ?? ""))]);
    }
}

public sealed record OtherAgent(string AgentId, double Score, string Reason);
