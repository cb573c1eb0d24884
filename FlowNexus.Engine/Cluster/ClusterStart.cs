using FlowNexus.Engine.Cluster.Membership;
using FlowNexus.Engine.Executions.Driving;
using Microsoft.Extensions.Hosting;

namespace FlowNexus.Engine.Cluster;

/// <summary>Brings a node into the cluster once its silo is a member: first its sign of life, then the news of the others.</summary>
internal sealed class ClusterStart(Lease lease, Expulsion expulsion, Nodes nodes, ClusterFeed feed, ExecutionHost host, TimerPump timers, ThisNode node) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lease.Expelled = expulsion.Begin;
        host.MayLoad = row => !nodes.Keeps(row.Owner, row.Status) || row.Owner == node.Id;
        timers.Owner = node.Id;
        lease.Start();
        await feed.StartAsync(cancellationToken);
    }

    /// <summary>The news are heard to the end: requests that wait for an execution are answered by them.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => feed.DisposeAsync().AsTask();
}
