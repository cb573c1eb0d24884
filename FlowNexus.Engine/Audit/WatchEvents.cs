using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Audit;

/// <summary>What a watcher follows: one execution, one workflow, or everything when both are null.</summary>
public sealed record WatchRequest
{
    public string? ExecutionId { get; init; }

    public string? WorkflowId { get; init; }

    /// <summary>Position of the last event the watcher has; null starts an execution's stream at its beginning and any other feed now.</summary>
    public long? After { get; init; }

    /// <summary>Longest silence, after which an empty item comes; null is never.</summary>
    public TimeSpan? Heartbeat { get; init; }
}

/// <summary>One thing a watcher is told: an event, progress between events, or neither (a heartbeat).</summary>
public readonly record struct WatchedItem(EventRow? Event, ExecutionProgress? Progress);

/// <summary>
/// Follows committed events: every one once and in order, read from the database, so that nothing is lost or doubled
/// between a catch-up and what comes live. The feed only says when to read.
/// </summary>
public sealed class WatchEvents(EventFeed feed, GetAuditTrail audit, EngineDatabase database, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>How soon to look again for a committed event that may not be passed yet: another node's commit is under way.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromMilliseconds(20);

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, EXECUTION_NOT_FOUND, FORBIDDEN; before the first item.</exception>
    public async Task<IAsyncEnumerable<WatchedItem>> RunAsync(Principal principal, WatchRequest request, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        if (request.WorkflowId is { } workflow && !await context.Workflows.AnyAsync(row => row.Id == workflow, cancellationToken)) throw WorkflowVersions.NotFound(workflow);
        if (request.ExecutionId is { } execution && !await context.Executions.AnyAsync(row => row.Id == execution, cancellationToken)) throw GetStatus.NotFound(execution);
        return WatchAsync(request, cancellationToken);
    }

    private async IAsyncEnumerable<WatchedItem> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = Channel.CreateBounded<ExecutionProgress?>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
        var newest = 0L;
        using var subscription = feed.Subscribe(
            row =>
            {
                if (!Concerns(request, row.ExecutionId, row.WorkflowId)) return;
                Volatile.Write(ref newest, row.Position);
                signal.Writer.TryWrite(null);
            },
            progress => { if (Concerns(request, progress.ExecutionId, progress.WorkflowId)) signal.Writer.TryWrite(progress); });
        var position = request.After ?? (request.ExecutionId is not null ? 0 : await audit.LastPositionAsync(cancellationToken));
        while (true)
        {
            var rows = await audit.AfterAsync(request.WorkflowId, request.ExecutionId, position, Batch, cancellationToken);
            foreach (var row in rows)
            {
                position = row.Position;
                yield return new WatchedItem(row, null);
            }

            if (rows.Count == Batch) continue;
            if (request.ExecutionId is null && Volatile.Read(ref newest) > position)
            {
                await Task.Delay(Unsettled, time, cancellationToken);
                continue;
            }

            var read = false;
            while (!read)
            {
                var progress = await NextAsync(signal.Reader, request.Heartbeat, cancellationToken);
                if (progress is { Silent: false, Value: null }) read = true;
                else yield return new WatchedItem(null, progress.Value);
            }
        }
    }

    private async Task<(bool Silent, ExecutionProgress? Value)> NextAsync(ChannelReader<ExecutionProgress?> signal, TimeSpan? heartbeat, CancellationToken cancellationToken)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = heartbeat is { } longest ? time.CreateTimer(_ => beat.Cancel(), null, longest, Timeout.InfiniteTimeSpan) : null;
        try
        {
            var progress = await signal.ReadAsync(beat.Token);
            if (progress is null)
                while (signal.TryPeek(out var more) && more is null) signal.TryRead(out _);
            return (false, progress);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (true, null);
        }
    }

    private static bool Concerns(WatchRequest request, string? executionId, string? workflowId) =>
        request.ExecutionId is { } execution ? execution == executionId : request.WorkflowId is null || request.WorkflowId == workflowId;
}
