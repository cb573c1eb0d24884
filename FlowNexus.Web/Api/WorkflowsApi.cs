using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>Workflows: create, list, show, change, activate, versions.</summary>
internal static class WorkflowsApi
{
    public static void MapWorkflows(this RouteGroupBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("Workflows");
        workflows.MapPost("/", CreateAsync).WithSummary("Create a workflow from its definition").Accepts<JsonObject>("application/json").Produces<WorkflowView>(201);
        workflows.MapPost("/validate", ValidateAsync).WithSummary("Check a definition without saving it").Accepts<JsonObject>("application/json");
        workflows.MapGet("/", FindAsync).WithSummary("List workflows");
        workflows.MapGet("/{workflow_id}", GetAsync).WithSummary("Show a workflow with its definition");
        workflows.MapPut("/{workflow_id}", PutAsync).WithSummary("Save a new version; send the ETag you read as If-Match").Accepts<JsonObject>("application/json").Produces<WorkflowView>();
        workflows.MapPatch("/{workflow_id}", PatchAsync).WithSummary("Change fields of the definition (JSON Merge Patch) or the status").Accepts<JsonObject>("application/json").Produces<WorkflowView>();
        workflows.MapDelete("/{workflow_id}", ArchiveAsync).WithSummary("Archive a workflow; its executions and audit stay").Produces<WorkflowView>();
        workflows.MapPost("/{workflow_id}/test_step", TestStepAsync).WithSummary("Run one step by itself on the data of a past execution; nothing follows it").Accepts<JsonObject>("application/json").Produces<StepTest>();
        workflows.MapGet("/{workflow_id}/versions", VersionsAsync).WithSummary("List the versions of a workflow");
        workflows.MapGet("/{workflow_id}/versions/{version:int}", GetVersionAsync).WithSummary("Show one version");
        workflows.MapGet("/{workflow_id}/versions/{version:int}/diff", DiffAsync).WithSummary("Compare a version with the one before, or with another (with=N), step by step");
        workflows.MapPost("/{workflow_id}/versions/{version:int}/restore", RestoreAsync).WithSummary("Bring a version back as a new one; it is not activated");
        workflows.MapGet("/{workflow_id}/draft", DraftAsync).WithSummary("Show what is being drawn and not saved as a version");
        workflows.MapDelete("/{workflow_id}/draft", DiscardAsync).WithSummary("Throw the draft away; the versions stay");
    }

    private static async Task<Created<WorkflowView>> CreateAsync(HttpContext context, SaveWorkflow save, GetWorkflow get)
    {
        var body = await Body.ReadAsync(context);
        var saved = await save.CreateAsync(context.Principal(), body.Fields);
        SetTag(context, saved.Row.Revision);
        return TypedResults.Created($"/api/v1/workflows/{saved.Row.Id}", get.Of(saved));
    }

    private static async Task<Ok<ValidationAnswer>> ValidateAsync(HttpContext context, SaveWorkflow save)
    {
        var body = await Body.ReadAsync(context);
        var read = await save.ValidateAsync(context.Principal(), body.Fields);
        return TypedResults.Ok(new ValidationAnswer(read.Errors.Count == 0, read.Errors, read.Warnings));
    }

    private static async Task<Ok<FoundWorkflows>> FindAsync(HttpContext context, FindWorkflows find, string? status, string? search, string? sort_by, string? order, string? limit, string? offset) =>
        TypedResults.Ok(await find.RunAsync(context.Principal(), new WorkflowFilter
        {
            Status = status,
            Search = search,
            SortBy = sort_by,
            Order = order,
            Limit = Query.Whole("limit", limit),
            Offset = Query.Whole("offset", offset),
        }));

    private static async Task<Ok<WorkflowView>> GetAsync(HttpContext context, GetWorkflow get, string workflow_id)
    {
        var view = await get.RunAsync(context.Principal(), workflow_id);
        SetTag(context, view.Revision);
        return TypedResults.Ok(view);
    }

    private static async Task<Ok<WorkflowView>> GetVersionAsync(HttpContext context, GetWorkflow get, string workflow_id, int version) =>
        TypedResults.Ok(await get.RunAsync(context.Principal(), workflow_id, version));

    private static async Task<Ok<WorkflowView>> PutAsync(HttpContext context, SaveWorkflow save, GetWorkflow get, string workflow_id)
    {
        var body = await Body.ReadAsync(context);
        var saved = await save.UpdateAsync(context.Principal(), workflow_id, body.Fields, IfMatch(context), context.Request.Query["reason"]);
        SetTag(context, saved.Row.Revision);
        return TypedResults.Ok(get.Of(saved));
    }

    private static async Task<Ok<WorkflowView>> PatchAsync(HttpContext context, SaveWorkflow save, ChangeWorkflowStatus change, GetWorkflow get, string workflow_id)
    {
        var principal = context.Principal();
        var body = await Body.ReadAsync(context);
        var status = body.Text("status");
        var reason = body.Text("reason");
        body.ThrowIfWrong();
        body.Fields.Remove("status");
        body.Fields.Remove("reason");
        var revision = IfMatch(context);
        if (body.Fields.Count > 0)
        {
            var current = await get.RunAsync(principal, workflow_id);
            if (MergePatch.Apply(current.Definition, body.Fields) is JsonObject merged)
                revision = (await save.UpdateAsync(principal, workflow_id, merged, revision ?? current.Revision, reason)).Row.Revision;
        }

        if (status is not null) await change.RunAsync(principal, workflow_id, status, reason);
        var view = await get.RunAsync(principal, workflow_id);
        SetTag(context, view.Revision);
        return TypedResults.Ok(view);
    }

    private static async Task<Ok<WorkflowView>> ArchiveAsync(HttpContext context, ChangeWorkflowStatus change, GetWorkflow get, string workflow_id)
    {
        var principal = context.Principal();
        await change.RunAsync(principal, workflow_id, "archived");
        return TypedResults.Ok(await get.RunAsync(principal, workflow_id));
    }

    private static async Task<Ok<VersionsAnswer>> VersionsAsync(HttpContext context, GetWorkflow get, string workflow_id) =>
        TypedResults.Ok(new VersionsAnswer(await get.VersionsAsync(context.Principal(), workflow_id)));

    private static async Task<Ok<DiffAnswer>> DiffAsync(HttpContext context, RestoreVersion restore, string workflow_id, int version, string? with)
    {
        var other = Query.Whole("with", with) ?? version - 1;
        var diff = (await restore.CompareAsync(context.Principal(), workflow_id, other, version)).Diff;
        return TypedResults.Ok(new DiffAnswer(other, version, diff.Summary(), diff.Steps, diff.Fields));
    }

    private static async Task<Ok<WorkflowView>> RestoreAsync(HttpContext context, RestoreVersion restore, GetWorkflow get, string workflow_id, int version)
    {
        await restore.RunAsync(context.Principal(), workflow_id, version);
        return TypedResults.Ok(await get.RunAsync(context.Principal(), workflow_id));
    }

    private static async Task<Ok<DraftAnswer>> DraftAsync(HttpContext context, OpenDraft open, string workflow_id)
    {
        var opened = await open.RunAsync(context.Principal(), workflow_id);
        return TypedResults.Ok(new DraftAnswer(workflow_id, opened.BaseVersion, opened.Revision, opened.Revision > 0, opened.Document.Definition()));
    }

    private static async Task<NoContent> DiscardAsync(HttpContext context, SaveDraft save, string workflow_id)
    {
        await save.DiscardAsync(context.Principal(), workflow_id, "");
        return TypedResults.NoContent();
    }

    private static async Task<Ok<StepTest>> TestStepAsync(HttpContext context, TestStep test, string workflow_id)
    {
        var body = await Body.ReadAsync(context);
        var step = body.Text("step");
        if (step is null) body.Wrong("step", "required", "step must name the step to test.");
        var executionId = body.Text("execution_id");
        var (definition, pins) = (Fields(body, "definition"), Fields(body, "pins"));
        body.ThrowIfWrong();
        return TypedResults.Ok(await test.RunAsync(context.Principal(), new StepTestRequest(workflow_id, step!) { Definition = definition, ExecutionId = executionId, Pins = pins }, context.RequestAborted));
    }

    private static JsonObject? Fields(Body body, string name)
    {
        var node = body.Fields[name];
        if (node is not (null or JsonObject)) body.Wrong(name, "type", $"{name} must be an object.");
        body.Fields.Remove(name);
        return node as JsonObject;
    }

    private static void SetTag(HttpContext context, int revision) => context.Response.Headers.ETag = $"\"{revision}\"";

    private static int? IfMatch(HttpContext context)
    {
        var tag = context.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0 || tag == "*") return null;
        return int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new ProblemException(ProblemCodes.InvalidRequest, $"If-Match must carry the ETag of the workflow as you read it, such as \"3\"; it is {tag}.");
    }

    internal sealed record ValidationAnswer(bool Valid, IReadOnlyList<ProblemDetail> Errors, IReadOnlyList<ProblemDetail> Warnings)
    {
        public bool Success { get; } = true;
    }

    internal sealed record DiffAnswer(int From, int To, string Summary, IReadOnlyList<StepChange> Steps, IReadOnlyList<FieldChange> Fields)
    {
        public bool Success { get; } = true;
    }

    internal sealed record DraftAnswer(string WorkflowId, int BaseVersion, int Revision, bool Drawn, JsonObject Definition)
    {
        public bool Success { get; } = true;
    }

    internal sealed record VersionsAnswer(IReadOnlyList<WorkflowVersionView> Versions)
    {
        public bool Success { get; } = true;
    }
}
