using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Queues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>Queues and their dead letters. Pausing them is with the pauses.</summary>
internal static class QueuesApi
{
    public static void MapQueues(this RouteGroupBuilder api)
    {
        var queues = api.MapGroup("/queues").WithTags("Queues");
        queues.MapGet("/", ShowAsync).WithSummary("Show the queues; include_messages lists what waits, in order and with the reason");
        queues.MapGet("/{queue_name}/dead-letters", DeadLettersAsync).WithSummary("List what left a queue without ever having started");
        queues.MapPost("/{queue_name}/dead-letters/{dead_letter_id}/redrive", RedriveAsync).WithSummary("Give a dead letter a new place in the queue, as a new execution");
        queues.MapPost("/{queue_name}/dead-letters/{dead_letter_id}/discard", DiscardAsync).WithSummary("Take a dead letter off the list for good; its execution stays as it ended");
    }

    private static async Task<Ok<QueueStatusView>> ShowAsync(HttpContext context, GetQueueStatus queues, string? queue_name, string? include_messages) =>
        TypedResults.Ok(await queues.RunAsync(context.Principal(), string.IsNullOrEmpty(queue_name) ? null : queue_name, Query.Flag("include_messages", include_messages, absent: false)));

    private static async Task<Ok<FoundDeadLetters>> DeadLettersAsync(HttpContext context, FindDeadLetters find, string queue_name, string? limit, string? offset) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), queue_name, Query.Whole("limit", limit), Query.Whole("offset", offset)));

    private static async Task<Accepted<ExecutionView>> RedriveAsync(HttpContext context, RedriveDeadLetter redrive, TimeProvider time, string queue_name, string dead_letter_id)
    {
        var started = await redrive.RunAsync(context.Principal(), queue_name, dead_letter_id);
        return TypedResults.Accepted($"/api/v1/executions/{started.Row.Id}", started.View(time.GetUtcNow()));
    }

    private static async Task<Ok<FoundDeadLetters>> DiscardAsync(HttpContext context, RedriveDeadLetter redrive, FindDeadLetters find, string queue_name, string dead_letter_id)
    {
        var principal = context.Principal();
        await redrive.DiscardAsync(principal, queue_name, dead_letter_id);
        return TypedResults.Ok(await find.RunAsync(principal, queue_name, null, null));
    }
}
