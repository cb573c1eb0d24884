using FlowNexus.Engine.Triggers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>What starts executions of a workflow.</summary>
internal static class TriggersApi
{
    public static void MapTriggers(this RouteGroupBuilder api)
    {
        var triggers = api.MapGroup("/workflows/{workflow_id}/triggers").WithTags("Triggers");
        triggers.MapGet("/", GetAsync).WithSummary("List the triggers of a workflow, with the next and the last tick of schedules");
    }

    private static async Task<Ok<WorkflowTriggers>> GetAsync(HttpContext context, GetTriggers get, string workflow_id) =>
        TypedResults.Ok(await get.RunAsync(context.Principal(), workflow_id, context.RequestAborted));
}
