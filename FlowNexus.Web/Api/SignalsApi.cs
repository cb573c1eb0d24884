using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>What people and programs tell an execution while it runs: signals, and that a loop has done enough.</summary>
internal static class SignalsApi
{
    public static void MapSignals(this RouteGroupBuilder api)
    {
        api.MapPost("/executions/{execution_id}/signals/{name}", SendAsync).WithTags("Executions").WithSummary("Send a signal: the first step that waits for it goes on with its data").Accepts<JsonObject>("application/json");
        api.MapPost("/executions/{execution_id}/steps/{step_name}/complete", CompleteAsync).WithTags("Executions").WithSummary("Complete a for_each step with the items that are done");
    }

    private static async Task<Ok<StatusView>> CompleteAsync(HttpContext context, CompleteLoop complete, GetStatus status, string execution_id, string step_name)
    {
        await complete.RunAsync(context.Principal(), execution_id, step_name);
        return TypedResults.Ok(await status.RunAsync(context.Principal(), execution_id, includeMetrics: false));
    }

    private static async Task<Ok<SentSignal>> SendAsync(HttpContext context, SendSignal send, string execution_id, string name)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context, optional: true);
        foreach (var field in body.Fields.Select(pair => pair.Key).Where(field => field != "data"))
            body.Wrong(field, "unknown", $"A signal has no field \"{field}\"; what it carries goes into data.", ["data"]);
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        body.ThrowIfWrong();
        return TypedResults.Ok(await send.RunAsync(principal, new SignalRequest(execution_id, name, body.Node("data"), key.Length == 0 ? null : key)));
    }
}
