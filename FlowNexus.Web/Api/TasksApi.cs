using FlowNexus.Engine.Agents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>Tasks: list, assign.</summary>
internal static class TasksApi
{
    public static void MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", FindAsync).WithSummary("List tasks");
    }

    private static async Task<Ok<FoundTasks>> FindAsync(HttpContext context, FindTasks find, string? execution_id, string? status, string? limit, string? offset) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), execution_id, status, Query.Whole("limit", limit), Query.Whole("offset", offset)));
}
