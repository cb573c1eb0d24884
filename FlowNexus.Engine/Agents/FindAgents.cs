using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;

namespace FlowNexus.Engine.Agents;

/// <summary>Lists agents with their records and what they do now.</summary>
public sealed class FindAgents(AgentDirectory agents, IGrainFactory grains)
{
    public async Task<IReadOnlyList<Agent>> RunAsync(Principal principal)
    {
        principal.Demand(Permission.Read);
        var inFlight = await grains.GetGrain<ITaskQueueGrain>(GrainQueues.Tasks).InFlightAsync();
        return [.. (await agents.AllAsync()).Select(agent => agent with { InFlight = inFlight.GetValueOrDefault(agent.Id) })];
    }
}
