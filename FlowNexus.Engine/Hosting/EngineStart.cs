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
    TimeProvider time,
    ILogger<EngineStart> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan Reconciling = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Task _reconciling = Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

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
        _reconciling = ReconcileAsync(_stop.Token);
        if (node.IsClustered)
        {
            // The takeover finds what nobody owns; the queue fills itself wherever it is activated.
            timers.Start(RingAsync);
            return;
        }

        await RecoverAsync(cancellationToken);
        await children.ReconcileAsync(time.GetUtcNow(), cancellationToken);
        timers.Start(RingAsync);
    }

    /// <summary>Drain came before.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _reconciling;
    }

    private Task RingAsync(TimerRow row) => grains.GetGrain<IExecutionGrain>(row.ExecutionId).RingAsync(row.Kind, row.Ordinal, row.Attempt);

    /// <summary>What did not reach a family in time is made up for without waiting for the next start.</summary>
    private async Task ReconcileAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Reconciling, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await children.ReconcileAsync(time.GetUtcNow() - Reconciling, stop);
                }
                catch (Exception failure) when (!stop.IsCancellationRequested)
                {
                    log.LogError(failure, "Looking for executions whose family has not heard of them failed; it is tried again.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }

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
        var running = (await contents.UnderWayAsync(cancellationToken)).Where(one => one.HoldsPlace).ToList();
        await Parallel.ForEachAsync(running, cancellationToken, async (one, _) => await TakeOverAsync(one.Id));
        await grains.GetGrain<IExecutionQueueGrain>(GrainQueues.Executions).RefreshAsync();
        if (running.Count > 0) log.LogInformation("Recovered {Running} running executions.", running.Count);
    }
}
