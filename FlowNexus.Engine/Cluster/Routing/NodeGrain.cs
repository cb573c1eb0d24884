using FlowNexus.Engine.Executions.Driving;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace FlowNexus.Engine.Cluster.Routing;

/// <summary>The door of one node for the others; its key is the node's id.</summary>
internal interface INodeGrain : IGrainWithStringKey
{
    Task<CallOutcome> TakeAsync(string executionId, ExecutionCall call);

    /// <summary>The queue of tasks was built anew: what waits for an agent here asks again.</summary>
    Task AskAgainAsync();
}

[Reentrant]
[OnItsNode]
internal sealed class NodeGrain(ExecutionInbox inbox, ExecutionHost host) : Grain, INodeGrain
{
    public Task<CallOutcome> TakeAsync(string executionId, ExecutionCall call) => inbox.TakeAsync(executionId, call);

    public Task AskAgainAsync()
    {
        host.AskAgain();
        return Task.CompletedTask;
    }
}

/// <summary>The activation is on the node that the key names, or nowhere.</summary>
[GenerateSerializer, Immutable]
internal sealed class OnItsNode : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnItsNodeAttribute() : PlacementAttribute(new OnItsNode());

internal sealed class OnItsNodeDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var wanted = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return Array.Exists(context.GetCompatibleSilos(target), wanted.Equals)
            ? Task.FromResult(wanted)
            : throw new OrleansException($"The node {wanted} is not here.");
    }
}
