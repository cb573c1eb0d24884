using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Families;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Hosting;

/// <summary>Brings the engine up: first installation, recovery, timers; and takes it down without losing anything.</summary>
internal sealed class EngineStart(
    ExecutionHost host,
    IExecutionQueue queue,
    TimerPump timers,
    PauseBook pauses,
    ChildExecutions children,
    IGrainFactory grains,
    FirstInstallation installation,
    QueueContents contents,
    ThisNode node,
    ILogger<EngineStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await installation.EnsureAsync(cancellationToken);
        host.LetGo = row => _ = StatusWords.Execution(row.Status).IsTerminal() ? queue.LeaveAsync(row.Id) : queue.RestAsync(row.Id);
        host.Woke = id => _ = queue.OccupyAsync(id);
        await pauses.ReadAsync(cancellationToken);
        pauses.Changed += (_, _) =>
        {
            if (!pauses.IsSystemPaused) host.Continue();
        };
        if (node.IsClustered)
        {
            // The takeover finds what nobody owns; the queue fills itself wherever it is activated.
            timers.Start(RingAsync);
            return;
        }

        await RecoverAsync(cancellationToken);
        await children.ReconcileAsync(cancellationToken);
        timers.Start(RingAsync);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // Drain came before.

    private Task RingAsync(TimerRow row) => grains.GetGrain<IExecutionGrain>(row.ExecutionId).RingAsync(row.Kind, row.Ordinal, row.Attempt);

    /// <summary>One execution that cannot be loaded must not keep the others from going on.</summary>
    private async Task TakeOverAsync(string executionId)
    {
        try
        {
            await host.RecoverAsync(executionId);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Execution {Execution} could not be taken over; it stays as it is until something happens to it.", executionId);
        }
    }

    /// <summary>Takes over what a process that is gone left: the running in parallel. The queue fills itself; what waits for a timer is left alone.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var running = await contents.RunningAsync(cancellationToken);
        await Parallel.ForEachAsync(running, cancellationToken, async (id, _) => await TakeOverAsync(id));
        await grains.GetGrain<IExecutionQueueGrain>(GrainQueues.Executions).RefreshAsync();
        if (running.Count > 0) log.LogInformation("Recovered {Running} running executions.", running.Count);
    }
}
