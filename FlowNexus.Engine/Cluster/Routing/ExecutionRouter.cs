using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Cluster.Routing;

/// <summary>
/// Brings a call to the node that owns the execution, by what the database says; one whose owner is gone is taken over
/// here. While an owner is on its way out the call waits for whoever comes next.
/// </summary>
internal sealed class ExecutionRouter(ExecutionInbox inbox, ThisNode node, Nodes nodes, EngineDatabase database, IGrainFactory grains, TimeProvider time, ILogger<ExecutionRouter> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>False when there is no such execution or it has ended.</returns>
    public async Task<bool> SendAsync(string executionId, ExecutionCall call) => (await ReachAsync(executionId, call)).Answer == CallAnswer.Taken;

    /// <returns>Null when there is no such execution or it has ended.</returns>
    public async Task<SignalReply?> SignalAsync(string executionId, ExecutionCall.Signal signal) => (await ReachAsync(executionId, signal)).Signal;

    private async Task<CallOutcome> ReachAsync(string executionId, ExecutionCall call)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var outcome = await TrySendAsync(executionId, call);
            if (outcome.Answer != CallAnswer.NotHere) return outcome;
            if (!node.IsClustered || node.IsExpelled || time.GetElapsedTime(since) > Patience)
                throw new ProblemException(new Problem(ProblemCodes.NodeDraining, $"The node that drives the execution {executionId} cannot be reached at the moment. Try again.") { RetryAfter = 1 });
            await Task.Delay(Pause, time);
        }
    }

    private async Task<CallOutcome> TrySendAsync(string executionId, ExecutionCall call)
    {
        if (!node.IsClustered || inbox.Holds(executionId)) return await inbox.TakeAsync(executionId, call);
        await using var context = database.Read();
        var owned = await context.Executions.Where(row => row.Id == executionId).Select(row => new { row.Owner, row.Status }).FirstOrDefaultAsync();
        if (owned is null) return new CallOutcome(CallAnswer.Refused);
        if (owned.Owner == node.Id || !nodes.Keeps(owned.Owner, owned.Status)) return node.IsDraining ? new CallOutcome(CallAnswer.NotHere) : await inbox.TakeAsync(executionId, call);
        try
        {
            return await grains.GetGrain<INodeGrain>(owned.Owner).TakeAsync(executionId, call);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            log.LogDebug(failure, "The node {Node} could not be told of {Call}; the owner is looked up again.", owned.Owner, call);
            return new CallOutcome(CallAnswer.NotHere);
        }
    }
}
