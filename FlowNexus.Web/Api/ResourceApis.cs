using System.Net.Mime;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Credits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FlowNexus.Web.Api;

/// <summary>Agents, audit, credits, artifacts: one route or two each.</summary>
internal static class ResourceApis
{
    public static void MapAgents(this RouteGroupBuilder api) =>
        api.MapGet("/agents", AgentsAsync).WithTags("Agents").WithSummary("List agents");

    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", AuditAsync).WithTags("Audit").WithSummary("Read the audit trail of a workflow or an execution");
        api.MapGet("/audit/{stream}/verify", VerifyAsync).WithTags("Audit").WithSummary("Check the hash chain of one stream");
    }

    public static void MapCredits(this RouteGroupBuilder api) =>
        api.MapGet("/credits", CreditsAsync).WithTags("Credits").WithSummary("Show the account and its latest ledger entries");

    public static void MapArtifacts(this RouteGroupBuilder api) =>
        api.MapGet("/artifacts/{artifact_id}", ArtifactAsync).WithTags("Artifacts").WithSummary("Download a file that an execution produced");

    private static async Task<Ok<AgentsAnswer>> AgentsAsync(HttpContext context, FindAgents find) => TypedResults.Ok(new AgentsAnswer(await find.RunAsync(context.Principal())));

    private static async Task<Ok<AuditTrail>> AuditAsync(HttpContext context, GetAuditTrail audit, string? workflow_id, string? execution_id, string? types, string? start_time, string? end_time, string? limit, string? cursor, string? include_details) =>
        TypedResults.Ok(await audit.RunAsync(context.Principal(), new AuditFilter
        {
            WorkflowId = workflow_id,
            ExecutionId = execution_id,
            Types = types,
            StartTime = Query.Instant("start_time", start_time),
            EndTime = Query.Instant("end_time", end_time),
            Limit = Query.Whole("limit", limit),
            Cursor = Query.Long("cursor", cursor),
            IncludeDetails = Query.Flag("include_details", include_details, absent: true),
        }));

    private static async Task<Ok<ChainState>> VerifyAsync(HttpContext context, GetAuditTrail audit, string stream) => TypedResults.Ok(await audit.VerifyAsync(context.Principal(), stream));

    private static async Task<Ok<CreditsView>> CreditsAsync(HttpContext context, GetCredits credits, string? limit) => TypedResults.Ok(await credits.RunAsync(context.Principal(), Query.Whole("limit", limit)));

    /// <summary>Always an attachment that no browser sniffs or runs; a preview asks for it in a sandboxed frame.</summary>
    private static async Task<FileStreamHttpResult> ArtifactAsync(HttpContext context, GetArtifact artifacts, string artifact_id, string? preview)
    {
        var (row, content) = await artifacts.OpenAsync(context.Principal(), artifact_id);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var inline = Query.Flag("preview", preview, absent: false);
        if (inline) context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline").ToString();
        var type = MediaTypeHeaderValue.TryParse(row.MediaType, out _) ? row.MediaType : MediaTypeNames.Application.Octet;
        return TypedResults.Stream(content, type, inline ? null : row.Name, entityTag: new EntityTagHeaderValue($"\"{row.Sha256}\""), enableRangeProcessing: true);
    }

    internal sealed record AgentsAnswer(IReadOnlyList<Agent> Agents)
    {
        public bool Success { get; } = true;
    }
}
