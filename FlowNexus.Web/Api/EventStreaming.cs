using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Web.Api;

/// <summary>
/// Server-sent events: every event once and in order, from <c>Last-Event-ID</c> on when it is given, from now on
/// otherwise (an execution's stream from its beginning). The id of an event is its position in the journal.
/// </summary>
internal sealed class EventStreaming(EventFeed feed, GetAuditTrail audit, GetWorkflow workflows, GetStatus executions, IHostApplicationLifetime lifetime)
{
    private const int Batch = 500;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task StreamAsync(HttpContext context, string? workflowId, string? executionId, string? types)
    {
        var principal = context.Principal();
        if (workflowId is not null) await workflows.RunAsync(principal, workflowId);
        if (executionId is not null) await executions.RunAsync(principal, executionId, includeMetrics: false);
        principal.Demand(Permission.Read);
        var wanted = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);

        // Listening starts before reading, so that nothing falls between the two. The signal only says "read again".
        var signal = Channel.CreateBounded<ExecutionProgress?>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
        using var subscription = feed.Subscribe(
            row => { if (Concerns(row, workflowId, executionId)) signal.Writer.TryWrite(null); },
            progress => { if (progress.ExecutionId == executionId || progress.WorkflowId == workflowId) signal.Writer.TryWrite(progress); });

        var position = await StartAsync(context, executionId, stop.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.WriteAsync("retry: 1000\n\n", stop.Token);
        try
        {
            while (true)
            {
                position = await SendAsync(context, workflowId, executionId, wanted, position, stop.Token);
                await context.Response.Body.FlushAsync(stop.Token);
                await NextAsync(context, signal.Reader, wanted, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left, or the server stops; a client that still wants events reconnects with its last id.
        }
    }

    private static bool Concerns(EventRow row, string? workflowId, string? executionId) => executionId is not null ? row.Stream == executionId : row.WorkflowId == workflowId;

    private async Task<long> StartAsync(HttpContext context, string? executionId, CancellationToken cancellationToken)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0) last = context.Request.Query["last_event_id"].ToString();
        if (last.Length == 0) return executionId is not null ? 0 : await audit.LastPositionAsync(cancellationToken);
        return long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new ProblemException(ProblemCodes.InvalidRequest, $"Last-Event-ID must be the id of an event of this feed, a whole number; it is \"{last}\".");
    }

    private async Task<long> SendAsync(HttpContext context, string? workflowId, string? executionId, HashSet<string>? wanted, long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await audit.AfterAsync(workflowId, executionId, position, Batch, cancellationToken);
            foreach (var row in rows)
            {
                position = row.Position;
                if (wanted is not null && !wanted.Contains(row.Type)) continue;
                var json = JsonSerializer.Serialize(EventView.Of(row), ProblemJson.Options);
                await context.Response.WriteAsync($"id: {row.Position}\nevent: {row.Type}\ndata: {json}\n\n", cancellationToken);
            }

            if (rows.Count < Batch) return position;
        }
    }

    /// <summary>Waits until there is something to read; progress between events is passed on without an id.</summary>
    private static async Task NextAsync(HttpContext context, ChannelReader<ExecutionProgress?> signal, HashSet<string>? wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            beat.CancelAfter(Heartbeat);
            try
            {
                var progress = await signal.ReadAsync(beat.Token);
                if (progress is null)
                {
                    while (signal.TryPeek(out var more) && more is null) signal.TryRead(out _);
                    return;
                }

                if (wanted is not null && !wanted.Contains("step_progress")) continue;
                await context.Response.WriteAsync($"event: step_progress\ndata: {JsonSerializer.Serialize(progress, ProblemJson.Options)}\n\n", cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await context.Response.WriteAsync(": still here\n\n", cancellationToken);
            }

            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }
}
