using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>Executions: start, wait, list, show, cancel, pause, resume, follow.</summary>
internal static class ExecutionsApi
{
    /// <summary>How long a synchronous execute waits when it does not say, in milliseconds.</summary>
    private const double DefaultWait = 300_000;

    private const double LongestWait = 3_600_000;

    public static void MapExecutions(this RouteGroupBuilder api)
    {
        api.MapPost("/workflows/{workflow_id}/execute", ExecuteAsync).WithTags("Executions").WithSummary("Start an execution, or run one and wait for its result").Accepts<JsonObject>("application/json").Produces<ExecutionView>().Produces<ExecutionView>(202);
        api.MapGet("/workflows/{workflow_id}/events", WorkflowEventsAsync).WithTags("Events").WithSummary("Follow the events of a workflow (server-sent events)");
        var executions = api.MapGroup("/executions").WithTags("Executions");
        executions.MapGet("/", FindAsync).WithSummary("List executions, newest first");
        executions.MapGet("/{execution_id}", StatusAsync).WithSummary("Show where an execution stands");
        executions.MapGet("/{execution_id}/wait", WaitAsync).WithSummary("Wait until it has ended, at most timeout milliseconds (25,000)");
        executions.MapGet("/{execution_id}/steps", StepsAsync).WithSummary("Show every step of an execution");
        executions.MapGet("/{execution_id}/input", InputAsync).WithSummary("Show the input an execution was given");
        executions.MapGet("/{execution_id}/steps/{step_name}/output", OutputAsync).WithSummary("Show what a step gave");
        executions.MapGet("/{execution_id}/steps/{step_name}/items", ItemsAsync).WithSummary("List the items of a for_each step that have begun, in order (status, cursor, limit)");
        executions.MapGet("/{execution_id}/artifacts", ArtifactsAsync).WithSummary("List the files an execution produced");
        executions.MapGet("/{execution_id}/events", ExecutionEventsAsync).WithTags("Events").WithSummary("Follow the events of an execution (server-sent events)");
        executions.MapPost("/{execution_id}/cancel", CancelAsync).WithSummary("Cancel an execution").Accepts<JsonObject>("application/json");
        executions.MapPost("/{execution_id}/pause", PauseAsync).WithSummary("Pause an execution: what runs finishes, nothing new starts").Accepts<JsonObject>("application/json");
        executions.MapPost("/{execution_id}/retry", RetryAsync).WithSummary("Run an execution that did not complete again, from what failed or from the start").Accepts<JsonObject>("application/json");
        executions.MapPost("/{execution_id}/resume", ResumeAsync).WithSummary("Resume a paused execution");
    }

    private static async Task<Results<Ok<ExecutionView>, Accepted<ExecutionView>>> ExecuteAsync(HttpContext context, StartExecution start, WaitForExecution wait, GetStatus status, TimeProvider time, ArtifactStore artifacts, string workflow_id)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context, optional: true);
        var isAsync = body.Flag("async") ?? true;
        var limit = body.Number("timeout") ?? DefaultWait;
        if (limit is < 0 or > LongestWait) body.Wrong("timeout", "range", $"timeout is in milliseconds, 0 to {LongestWait:0}; it is {limit}.");
        Priority? priority = null;
        if (body.Node("priority") is { } given)
        {
            if (Priority.TryRead(given, out var read)) priority = read;
            else body.Wrong("priority", "allowed", $"priority must be a whole number from 0 to 10 or one of {string.Join(", ", Priority.Words)}; it is {given.ToJsonString()}.", Priority.Words);
        }

        var key = body.Text("execution_key") ?? context.Request.Headers["Idempotency-Key"].ToString();
        var (version, pins) = ReadTrial(body);
        var notBefore = StartMoment.Read(body, time.GetUtcNow());
        body.ThrowIfWrong();
        var started = await start.RunAsync(principal, new StartRequest(workflow_id)
        {
            NotBefore = notBefore,
            Version = version,
            Pins = pins,
            Input = Detached(body.Fields, "input_data"),
            Priority = priority,
            IdempotencyKey = key.Length == 0 ? null : key,
            Watch = !isAsync,
            TraceParent = context.Request.Headers.TraceParent.ToString(),
        });
        if (isAsync) return TypedResults.Accepted($"/api/v1/executions/{started.Row.Id}", started.View(time.GetUtcNow()));
        if (await wait.RunAsync(started, TimeSpan.FromMilliseconds(limit), context.RequestAborted) is { } ended) return TypedResults.Ok(ended.View(time.GetUtcNow(), artifacts));

        // An idempotency key may have led to an execution that somebody else started.
        if (!started.IsWatched && await wait.RunAsync(principal, started.Row.Id, TimeSpan.FromMilliseconds(limit), context.RequestAborted) is not null)
            return TypedResults.Ok((await status.RunAsync(principal, started.Row.Id, includeMetrics: false, includeOutput: true)).Execution);
        throw new ProblemException(new Problem(ProblemCodes.ExecutionTimeout, $"The execution {started.Row.Id} did not end within {limit:0} ms. It goes on; ask for its status, or cancel it.")
        {
            Facts = new JsonObject { ["execution_id"] = started.Row.Id, ["still_running"] = true },
        });
    }

    /// <summary>What only a person who may change the workflow can ask for: a version, and outputs instead of steps.</summary>
    private static (int? Version, JsonObject? Pins) ReadTrial(Body body)
    {
        var number = body.Number("version");
        if (number is { } given && (given < 1 || given > int.MaxValue || given != Math.Floor(given))) body.Wrong("version", "range", $"version must be a whole number from 1; it is {given}.");
        var pins = body.Fields["pins"];
        if (pins is not (null or JsonObject)) body.Wrong("pins", "type", "pins must be an object: step names with the outputs they give instead of being run.");
        body.Fields.Remove("pins");
        return ((int?)number, pins as JsonObject);
    }

    private static async Task<Ok<FoundExecutions>> FindAsync(HttpContext context, FindExecutions find, string? workflow_id, string? status, string? search, string? triggered_by, string? start_time, string? end_time, string? ended_after, string? ended_before, string? limit, string? offset, string? cursor) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), new ExecutionFilter
        {
            WorkflowId = workflow_id,
            Status = status,
            Search = search,
            TriggeredBy = triggered_by,
            StartTime = Query.Instant("start_time", start_time),
            EndTime = Query.Instant("end_time", end_time),
            EndedAfter = Query.Instant("ended_after", ended_after),
            EndedBefore = Query.Instant("ended_before", ended_before),
            Limit = Query.Whole("limit", limit),
            Offset = Query.Whole("offset", offset),
            Cursor = string.IsNullOrEmpty(cursor) ? null : cursor,
        }));

    private static async Task<Ok<StatusView>> StatusAsync(HttpContext context, GetStatus status, string execution_id, string? include_metrics) =>
        TypedResults.Ok(await status.RunAsync(context.Principal(), execution_id, Query.Flag("include_metrics", include_metrics, absent: false), includeOutput: true));

    private static async Task<Ok<StatusView>> WaitAsync(HttpContext context, GetStatus status, WaitForExecution wait, string execution_id, string? timeout, string? include_metrics)
    {
        var principal = context.Principal();
        var limit = Math.Clamp(Query.Whole("timeout", timeout) ?? 25_000, 0, 25_000);
        await wait.RunAsync(principal, execution_id, TimeSpan.FromMilliseconds(limit), context.RequestAborted);
        return TypedResults.Ok(await status.RunAsync(principal, execution_id, Query.Flag("include_metrics", include_metrics, absent: false), includeOutput: true));
    }

    private static async Task<Ok<StepsAnswer>> StepsAsync(HttpContext context, GetStatus status, string execution_id) =>
        TypedResults.Ok(new StepsAnswer(execution_id, await status.StepsAsync(context.Principal(), execution_id)));

    private static async Task<ContentHttpResult> InputAsync(HttpContext context, GetStatus status, string execution_id) =>
        TypedResults.Content(await status.BodyAsync(context.Principal(), execution_id, null) ?? "null", "application/json");

    private static async Task<ContentHttpResult> OutputAsync(HttpContext context, GetStatus status, string execution_id, string step_name) =>
        TypedResults.Content(await status.BodyAsync(context.Principal(), execution_id, step_name) ?? "null", "application/json");

    private static async Task<Ok<FoundItems>> ItemsAsync(HttpContext context, FindItems items, string execution_id, string step_name, string? status, int? cursor, int? limit) =>
        TypedResults.Ok(await items.RunAsync(context.Principal(), new ItemFilter(execution_id, step_name) { Status = status, Cursor = cursor, Limit = limit }));

    private static async Task<Ok<ArtifactsAnswer>> ArtifactsAsync(HttpContext context, GetArtifact artifacts, string execution_id) =>
        TypedResults.Ok(new ArtifactsAnswer(execution_id, await artifacts.OfExecutionAsync(context.Principal(), execution_id)));

    private static Task ExecutionEventsAsync(HttpContext context, EventStreaming events, string execution_id, string? types) => events.StreamAsync(context, null, execution_id, types);

    private static Task WorkflowEventsAsync(HttpContext context, EventStreaming events, string workflow_id, string? types) => events.StreamAsync(context, workflow_id, null, types);

    private static Task<Ok<StatusView>> CancelAsync(HttpContext context, ControlExecution control, GetStatus status, string execution_id) =>
        ControlAsync(context, status, execution_id, (principal, reason) => control.CancelAsync(principal, execution_id, reason));

    private static Task<Ok<StatusView>> PauseAsync(HttpContext context, ControlExecution control, GetStatus status, string execution_id) =>
        ControlAsync(context, status, execution_id, (principal, reason) => control.PauseAsync(principal, execution_id, reason));

    private static Task<Ok<StatusView>> ResumeAsync(HttpContext context, ControlExecution control, GetStatus status, string execution_id) =>
        ControlAsync(context, status, execution_id, (principal, _) => control.ResumeAsync(principal, execution_id));

    private static async Task<Accepted<ExecutionView>> RetryAsync(HttpContext context, RetryExecution retry, TimeProvider time, string execution_id)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context, optional: true);
        var from = body.Text("from") ?? "failed";
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        body.ThrowIfWrong();
        var started = await retry.RunAsync(principal, new RetryRequest(execution_id, from, key.Length == 0 ? null : key));
        return TypedResults.Accepted($"/api/v1/executions/{started.Row.Id}", started.View(time.GetUtcNow()));
    }

    private static async Task<Ok<StatusView>> ControlAsync(HttpContext context, GetStatus status, string executionId, Func<Principal, string?, Task> act)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context, optional: true);
        var reason = body.Text("reason");
        body.ThrowIfWrong();
        await act(principal, reason);
        return TypedResults.Ok(await status.RunAsync(principal, executionId, includeMetrics: false));
    }

    private static JsonNode? Detached(JsonObject fields, string name)
    {
        if (!fields.TryGetPropertyValue(name, out var node)) return null;
        fields.Remove(name);
        return node;
    }

    internal sealed record StepsAnswer(string ExecutionId, IReadOnlyList<StepView> Steps)
    {
        /// <summary>A workflow has at least one step.</summary>
        public bool Retained => Steps.Count > 0;

        public bool Success { get; } = true;
    }

    internal sealed record ArtifactsAnswer(string ExecutionId, IReadOnlyList<ArtifactView> Artifacts)
    {
        public bool Success { get; } = true;
    }
}
