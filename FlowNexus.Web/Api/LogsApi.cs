using System.Globalization;
using System.Text.Json;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>What the attempts of an execution said: searched, or followed as server-sent events.</summary>
internal static class LogsApi
{
    public static void MapLogs(this RouteGroupBuilder api)
    {
        var logs = api.MapGroup("/executions/{execution_id}/logs").WithTags("Logs");
        logs.MapGet("/", FindAsync).WithSummary("Search the lines of an execution, oldest first; with before, the last ones before that id");
        logs.MapGet("/stream", StreamAsync).WithSummary("Follow the lines of an execution (server-sent events); Last-Event-ID resumes, and an event end closes it");
        logs.MapGet("/download", DownloadAsync).WithSummary("Download the lines of an execution as a text file");
    }

    private static async Task DownloadAsync(HttpContext context, FindLogs find, string execution_id, string? step, string? attempt, string? level, string? q)
    {
        var filter = new LogFilter { Step = step, Attempt = Query.Whole("attempt", attempt), Level = level, Search = q, Limit = LogFilter.MaxLimit };
        var found = await find.RunAsync(context.Principal(), execution_id, filter, context.RequestAborted);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{execution_id}.log\"";
        while (true)
        {
            foreach (var line in found.Logs) await context.Response.WriteAsync(line.ToText() + "\n", context.RequestAborted);
            if (!found.HasMore) return;
            found = await find.RunAsync(context.Principal(), execution_id, filter with { After = found.Logs[^1].Id }, context.RequestAborted);
        }
    }

    private static async Task<Ok<FoundLogs>> FindAsync(HttpContext context, FindLogs find, string execution_id, string? step, string? attempt, string? level, string? q, string? after, string? before, string? limit) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), execution_id, new LogFilter
        {
            Step = step,
            Attempt = Query.Whole("attempt", attempt),
            Level = level,
            Search = q,
            After = Query.Long("after", after),
            Before = Query.Long("before", before),
            Limit = Query.Whole("limit", limit),
        }, context.RequestAborted));

    private static async Task StreamAsync(HttpContext context, WatchLogs watch, IHostApplicationLifetime lifetime, string execution_id, string? step, string? attempt, string? level, string? q, string? after)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var filter = new LogFilter { Step = step, Attempt = Query.Whole("attempt", attempt), Level = level, Search = q, After = EventStreaming.After(context) ?? Query.Long("after", after) };
        var batches = await watch.RunAsync(context.Principal(), execution_id, filter, stop.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.WriteAsync("retry: 1000\n\n", stop.Token);
        try
        {
            await foreach (var lines in batches)
            {
                if (lines.Count == 0) await context.Response.WriteAsync(": still here\n\n", stop.Token);
                foreach (var line in lines)
                    await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {line.Id}\nevent: log\ndata: {JsonSerializer.Serialize(line, ProblemJson.Options)}\n\n"), stop.Token);
                await context.Response.Body.FlushAsync(stop.Token);
            }

            await context.Response.WriteAsync("event: end\ndata: {}\n\n", stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, or the server stops; it reconnects with its last id.
        }
    }
}
