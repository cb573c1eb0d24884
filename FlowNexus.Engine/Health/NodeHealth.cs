using FlowNexus.Engine.Cluster;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Health;

/// <summary>Whether this node is up, and whether the others still count on it.</summary>
internal sealed class NodeHealth(ThisNode node, Nodes nodes, ISiloStatusOracle silo, IOptions<ClusterOptions> options)
{
    public HealthCheck Itself()
    {
        if (node.IsDraining) return new("node", HealthStatus.Unhealthy, "This node is stopping and takes nothing new.");
        return silo.CurrentStatus == SiloStatus.Active
            ? new("node", HealthStatus.Healthy, "It is active.")
            : new("node", HealthStatus.Unhealthy, $"It is not active: {Word(silo.CurrentStatus)}.");
    }

    public HealthCheck Cluster() => node.IsClustered
        ? Judge(nodes.Present.Count(), nodes.SinceSign, options.Value.Lease)
        : new("cluster", HealthStatus.Healthy, "It works alone.");

    /// <summary>A sign is given eight times within a lease, so half of one without a sign is late; after a whole one the others go on without this node.</summary>
    internal static HealthCheck Judge(int count, TimeSpan? sinceSign, TimeSpan lease)
    {
        if (sinceSign is not { } age) return new("cluster", HealthStatus.Unhealthy, "This node has not joined its cluster yet.");
        var members = count == 1 ? "1 node" : $"{count} nodes";
        var sign = $"this one gave its last sign of life {age.TotalSeconds:0.0} s ago, its lease is {lease.TotalSeconds:0.#} s";
        if (age >= lease) return new("cluster", HealthStatus.Unhealthy, $"{members}; {sign}: the others may go on without it.");
        return age > lease / 2 ? new("cluster", HealthStatus.Degraded, $"{members}; {sign}: that is late.") : new("cluster", HealthStatus.Healthy, $"{members}; {sign}.");
    }

    private static string Word(SiloStatus status) => status switch
    {
        SiloStatus.Created or SiloStatus.Joining => "it is starting",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "it is stopping",
        SiloStatus.Dead => "the others took it for gone",
        _ => "its state is unknown",
    };
}
