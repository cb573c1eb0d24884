using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Opens a workflow for drawing: its draft, or its latest version when there is none.</summary>
public sealed class OpenDraft(EngineDatabase database, TimeProvider time)
{
    /// <summary>An id for a workflow that does not exist yet.</summary>
    public string NewId() => Identity.NewId.Workflow(time.GetUtcNow());

    /// <param name="orNew">Gives an empty document when there is neither a draft nor a workflow.</param>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<OpenedDraft> RunAsync(Principal principal, string workflowId, bool orNew = false)
    {
        principal.Demand(Permission.Write);
        await using var context = database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == workflowId);
        var draft = await context.Drafts.FirstOrDefaultAsync(row => row.WorkflowId == workflowId);
        if (workflow is null && draft is null && !orNew) throw WorkflowVersions.NotFound(workflowId);
        var latest = workflow is null ? null : await VersionAsync(context, workflowId, workflow.LatestVersion);
        if (draft is null)
            return new OpenedDraft(latest ?? DraftDocument.Blank("New workflow"), latest, workflow?.LatestVersion ?? 0, 0, []) { Workflow = workflow };

        var document = DraftJson.Read(draft.Document);
        if (latest is null || draft.BaseVersion == workflow!.LatestVersion) return new OpenedDraft(document, latest, draft.BaseVersion, draft.Revision, []) { Workflow = workflow };

        // Somebody saved a version past the draft.
        var origin = draft.BaseVersion == 0 ? latest : await VersionAsync(context, workflowId, draft.BaseVersion);
        var merged = DraftMerge.Merge(origin, document, latest with { Pins = document.Pins });
        return new OpenedDraft(merged.Document, latest, workflow.LatestVersion, draft.Revision, [.. merged.Conflicts]) { Workflow = workflow };
    }

    /// <summary>A saved version as a document.</summary>
    /// <exception cref="ProblemException">NOT_FOUND, FORBIDDEN.</exception>
    public async Task<DraftDocument> VersionAsync(Principal principal, string workflowId, int version)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        return await VersionAsync(context, workflowId, version);
    }

    /// <summary>The draft as it is stored now; null when there is none.</summary>
    public async Task<(DraftDocument Document, int Revision)?> StoredAsync(Principal principal, string workflowId, int than)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await context.Drafts.FirstOrDefaultAsync(draft => draft.WorkflowId == workflowId && draft.Revision > than);
        return row is null ? null : (DraftJson.Read(row.Document), row.Revision);
    }

    private async Task<DraftDocument> VersionAsync(FlowNexusDbContext context, string workflowId, int version)
    {
        var row = await context.Versions.FirstOrDefaultAsync(saved => saved.WorkflowId == workflowId && saved.Version == version)
            ?? throw new ProblemException(ProblemCodes.NotFound, $"The workflow \"{workflowId}\" has no version {version}.");
        return Document(row, time.GetUtcNow());
    }

    internal static DraftDocument Document(VersionRow row, DateTimeOffset now)
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(row.StepIds) ?? [];
        return DraftDocument.Of((JsonObject)JsonNode.Parse(row.Definition)!, ids, now) with
        {
            Layout = DraftLayout.Read(row.Layout),
            Text = row.Text is { } text ? new DraftText(row.TextFormat ?? "json", text) : null,
        };
    }
}

/// <summary>A draft, opened.</summary>
/// <param name="Saved">The latest version; null when nothing is saved yet.</param>
/// <param name="BaseVersion">The version it builds on; 0 when nothing is saved yet.</param>
/// <param name="Revision">Of the stored draft; 0 when none is stored.</param>
/// <param name="Conflicts">Where the draft met a version that was saved past it.</param>
public sealed record OpenedDraft(DraftDocument Document, DraftDocument? Saved, int BaseVersion, int Revision, IReadOnlyList<DraftConflict> Conflicts)
{
    /// <summary>Null when nothing is saved yet.</summary>
    public WorkflowRow? Workflow { get; init; }
}
