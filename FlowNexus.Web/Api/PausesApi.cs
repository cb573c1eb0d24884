using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>Pausing and resuming of a workflow, a queue and the whole system. An execution's own are with the executions.</summary>
internal static class PausesApi
{
    public static void MapPauses(this RouteGroupBuilder api)
    {
        api.MapGet("/system", (HttpContext context, PauseAdmission pauses) => TypedResults.Ok(pauses.System(context.Principal()))).WithTags("System").WithSummary("Show whether the system is paused, since when, by whom and why");
        api.MapPost("/system/pause", PauseSystemAsync).WithTags("System").WithSummary("Pause the system: no execution and no step begins, what runs finishes").Accepts<JsonObject>("application/json");
        api.MapPost("/system/resume", ResumeSystemAsync).WithTags("System").WithSummary("Resume the system").Accepts<JsonObject>("application/json");
        api.MapPost("/queues/{queue_name}/pause", PauseQueueAsync).WithTags("Queues").WithSummary("Pause a queue: it keeps what comes and gives nothing out").Accepts<JsonObject>("application/json");
        api.MapPost("/queues/{queue_name}/resume", ResumeQueueAsync).WithTags("Queues").WithSummary("Resume a queue").Accepts<JsonObject>("application/json");
        api.MapPost("/workflows/{workflow_id}/pause", PauseWorkflowAsync).WithTags("Workflows").WithSummary("Pause a workflow: nothing new of it starts, what is queued waits; include_running pauses what runs too").Accepts<JsonObject>("application/json");
        api.MapPost("/workflows/{workflow_id}/resume", ResumeWorkflowAsync).WithTags("Workflows").WithSummary("Resume a paused workflow; include_running resumes what was paused with it").Accepts<JsonObject>("application/json");
    }

    private static Task<Ok<SystemView>> PauseSystemAsync(HttpContext context, PauseAdmission pauses) => SystemAsync(context, pauses, pauses.PauseSystemAsync);

    private static Task<Ok<SystemView>> ResumeSystemAsync(HttpContext context, PauseAdmission pauses) => SystemAsync(context, pauses, pauses.ResumeSystemAsync);

    private static async Task<Ok<SystemView>> SystemAsync(HttpContext context, PauseAdmission pauses, Func<Principal, string?, Task> act)
    {
        var principal = context.Principal();
        await act(principal, (await ReadAsync(context)).Reason);
        return TypedResults.Ok(pauses.System(principal));
    }

    private static Task<Ok<QueueStatusView>> PauseQueueAsync(HttpContext context, PauseAdmission pauses, GetQueueStatus queues, string queue_name) => QueueAsync(context, queues, queue_name, pauses.PauseQueueAsync);

    private static Task<Ok<QueueStatusView>> ResumeQueueAsync(HttpContext context, PauseAdmission pauses, GetQueueStatus queues, string queue_name) => QueueAsync(context, queues, queue_name, pauses.ResumeQueueAsync);

    private static async Task<Ok<QueueStatusView>> QueueAsync(HttpContext context, GetQueueStatus queues, string name, Func<Principal, string, string?, Task> act)
    {
        var principal = context.Principal();
        await act(principal, name, (await ReadAsync(context)).Reason);
        return TypedResults.Ok(await queues.RunAsync(principal, name, includeMessages: false));
    }

    private static Task<Ok<WorkflowView>> PauseWorkflowAsync(HttpContext context, PauseWorkflow pause, GetWorkflow get, string workflow_id) => WorkflowAsync(context, get, workflow_id, pause.PauseAsync);

    private static Task<Ok<WorkflowView>> ResumeWorkflowAsync(HttpContext context, PauseWorkflow pause, GetWorkflow get, string workflow_id) => WorkflowAsync(context, get, workflow_id, pause.ResumeAsync);

    private static async Task<Ok<WorkflowView>> WorkflowAsync(HttpContext context, GetWorkflow get, string workflowId, Func<Principal, string, string?, bool, Task> act)
    {
        var principal = context.Principal();
        var (reason, includeRunning) = await ReadAsync(context);
        await act(principal, workflowId, reason, includeRunning);
        return TypedResults.Ok(await get.RunAsync(principal, workflowId));
    }

    private static async Task<(string? Reason, bool IncludeRunning)> ReadAsync(HttpContext context)
    {
        var body = await Body.ReadAsync(context, optional: true);
        var asked = (body.Text("reason"), body.Flag("include_running") ?? false);
        body.ThrowIfWrong();
        return asked;
    }
}
