using System.Text.Json.Nodes;
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
        tasks.MapPost("/{task_id}/assign", AssignAsync).WithSummary("Assign the best agent to a task, or one by id").Accepts<JsonObject>("application/json");
    }

    private static async Task<Ok<FoundTasks>> FindAsync(HttpContext context, FindTasks find, string? execution_id, string? status, string? limit, string? offset) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), execution_id, status, Query.Whole("limit", limit), Query.Whole("offset", offset)));

    private static async Task<Ok<Assignment>> AssignAsync(HttpContext context, AssignAgent assign, string task_id)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context, optional: true);
        var requirements = new Body(body.Node("requirements") as JsonObject ?? []);
        if (body.Node("requirements") is not (null or JsonObject)) body.Wrong("requirements", "type", "requirements must be an object.");
        var request = new AssignRequest(task_id)
        {
            AgentType = body.Text("agent_type"),
            UseVectorSimilarity = body.Flag("use_vector_similarity") ?? true,
            AgentId = body.Text("agent_id"),
            Force = body.Flag("force") ?? false,
            ExperienceLevel = requirements.Text("experience_level"),
            Availability = requirements.Text("availability"),
            Skills = Skills(body, requirements.Node("skills")),
        };
        body.ThrowIfWrong();
        requirements.ThrowIfWrong();
        return TypedResults.Ok(await assign.RunAsync(principal, request));
    }

    private static IReadOnlyList<string> Skills(Body body, JsonNode? node)
    {
        if (node is null) return [];
        if (node is JsonArray array && array.All(item => item is JsonValue value && value.TryGetValue(out string? _))) return [.. array.Select(item => item!.GetValue<string>())];
        body.Wrong("requirements/skills", "type", "requirements.skills must be a list of strings.");
        return [];
    }
}
