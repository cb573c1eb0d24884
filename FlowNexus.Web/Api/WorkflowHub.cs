using System.Runtime.CompilerServices;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.SignalR;

namespace FlowNexus.Web.Api;

/// <summary>
/// Live events over SignalR at <c>/hubs/workflows</c>: streams that start after a position, every event once and in
/// order. A client that reconnects asks again with the position of the last event it has.
/// </summary>
internal sealed class WorkflowHub(WatchEvents watch, LocalOwner owner) : Hub
{
    public override Task OnConnectedAsync()
    {
        Demand();
        return base.OnConnectedAsync();
    }

    /// <param name="after">Position of the last event the client has; null starts at the beginning.</param>
    public IAsyncEnumerable<EventView> WatchExecution(string executionId, long? after, CancellationToken cancellationToken) =>
        WatchAsync(new WatchRequest { ExecutionId = executionId, After = after }, null, cancellationToken);

    /// <param name="types">Event types wanted; null is all.</param>
    /// <param name="after">Position of the last event the client has; null starts now.</param>
    public IAsyncEnumerable<EventView> WatchWorkflow(string workflowId, string[]? types, long? after, CancellationToken cancellationToken) =>
        WatchAsync(new WatchRequest { WorkflowId = workflowId, After = after }, types, cancellationToken);

    private async IAsyncEnumerable<EventView> WatchAsync(WatchRequest request, string[]? types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<WatchedItem> items;
        try
        {
            items = await watch.RunAsync(Demand(), request, cancellationToken);
        }
        catch (ProblemException failure)
        {
            throw new HubException($"{failure.Problem.Code}: {failure.Problem.Message}", failure);
        }

        await foreach (var item in items)
            if (item.Event is { } row && types?.Contains(row.Type) is not false) yield return EventView.Of(row);
    }

    private Engine.Access.Principal Demand()
    {
        try
        {
            return owner.Demand(Context.GetHttpContext() ?? throw new HubException("UNAUTHENTICATED: the connection has no request."));
        }
        catch (ProblemException refused)
        {
            throw new HubException($"{refused.Problem.Code}: {refused.Problem.Message}", refused);
        }
    }
}
