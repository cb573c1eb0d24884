using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Families;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Hosting;

/// <summary>Brings the engine up: first installation, recovery, timers; and takes it down without losing anything.</summary>
internal sealed class EngineStart(
    EngineDatabase database,
    ExecutionHost host,
    IExecutionQueue queue,
    TimerPump timers,
    PauseBook pauses,
    ChildExecutions children,
    IGrainFactory grains,
    FirstInstallation installation,
    IOptions<EngineOptions> options,
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
        await RecoverAsync(cancellationToken);
        await children.ReconcileAsync(time.GetUtcNow(), cancellationToken);
        _reconciling = ReconcileAsync(_stop.Token);
        timers.Start(row => grains.GetGrain<IExecutionGrain>(row.ExecutionId).RingAsync(row.Kind, row.Ordinal, row.Attempt));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _reconciling;
        await timers.DisposeAsync();
        await host.DrainAsync(TimeSpan.FromSeconds(options.Value.DrainSeconds));
    }

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

    /// <summary>Takes over what a process that is gone left: the running in parallel, the queued in their old order. What waits for a timer is left alone.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var running = await context.Executions
            .Where(row => row.Status == "running" || (row.Status == "paused" && context.Steps.Any(step => step.ExecutionId == row.Id && step.Status == "in_progress"))).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in running) await queue.OccupyAsync(id);
        await RestoreLimitsAsync(context, running, cancellationToken);
        await Parallel.ForEachAsync(running, cancellationToken, async (id, _) => await TakeOverAsync(id));
        var now = UnixMicros.Of(time.GetUtcNow());
        var queued = await context.Executions.Where(row => row.Status == "queued" && (row.NotBefore == null || row.NotBefore <= now)).OrderByDescending(row => row.Priority).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Priority, row.WorkflowId, row.LimitPlaces, row.LimitKey }).ToListAsync(cancellationToken);
        foreach (var row in queued) await queue.EnqueueAsync(new QueueEntry(row.Id, row.Priority, row.WorkflowId, row.LimitPlaces is { } places ? new ConcurrencyLimit(row.WorkflowId, row.LimitKey, places) : null));
        if (running.Count + queued.Count > 0) log.LogInformation("Recovered {Running} running and {Queued} queued executions.", running.Count, queued.Count);
    }

    /// <summary>What is under way has its part of its workflow's limit, also while it waits and takes no place.</summary>
    private async Task RestoreLimitsAsync(FlowNexusDbContext context, List<string> running, CancellationToken cancellationToken)
    {
        string[] underWay = ["running", "waiting", "paused"];
        var limited = await context.Executions.Where(row => underWay.Contains(row.Status) && row.LimitPlaces != null).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.WorkflowId, row.LimitPlaces, row.LimitKey }).ToListAsync(cancellationToken);
        var active = running.ToHashSet();
        foreach (var row in limited)
        {
            await queue.OccupyAsync(row.Id, new ConcurrencyLimit(row.WorkflowId, row.LimitKey, row.LimitPlaces ?? 1));
            if (!active.Contains(row.Id)) await queue.RestAsync(row.Id);
        }
    }
}
