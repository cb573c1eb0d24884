using System.Globalization;
using System.Text.Json;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Api;

/// <summary>Server-sent events. The id of an event is its position in the journal, so <c>Last-Event-ID</c> resumes without gap or double.</summary>
internal sealed class EventStreaming(WatchEvents watch, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task StreamAsync(HttpContext context, string? workflowId, string? executionId, string? types)
    {
        var wanted = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var request = new WatchRequest { WorkflowId = workflowId, ExecutionId = executionId, After = After(context), Heartbeat = Heartbeat };
        var items = await watch.RunAsync(context.Principal(), request, stop.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.WriteAsync("retry: 1000\n\n", stop.Token);
        await context.Response.Body.FlushAsync(stop.Token);
        try
        {
            await foreach (var item in items)
            {
                if (Text(item, wanted) is not { } text) continue;
                await context.Response.WriteAsync(text, stop.Token);
                await context.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left, or the server stops; a client that still wants events reconnects with its last id.
        }
    }

    private static string? Text(WatchedItem item, HashSet<string>? wanted)
    {
        if (item.Event is { } row)
            return wanted is not null && !wanted.Contains(row.Type) ? null : $"id: {row.Position}\nevent: {row.Type}\ndata: {JsonSerializer.Serialize(EventView.Of(row), ProblemJson.Options)}\n\n";
        if (item.Progress is { } progress)
            return wanted is not null && !wanted.Contains("step_progress") ? null : $"event: step_progress\ndata: {JsonSerializer.Serialize(progress, ProblemJson.Options)}\n\n";
        return ": still here\n\n";
    }

    /// <summary>Where a client that was here before goes on.</summary>
    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static long? After(HttpContext context)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0) last = context.Request.Query["last_event_id"].ToString();
        if (last.Length == 0) return null;
        return long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new ProblemException(ProblemCodes.InvalidRequest, $"Last-Event-ID must be the id of an event of this feed, a whole number; it is \"{last}\".");
    }
}
