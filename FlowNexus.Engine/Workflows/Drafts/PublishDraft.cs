using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Makes a version of a draft: the workflow itself when it is the first.</summary>
public sealed class PublishDraft(EngineDatabase database, SaveWorkflow save)
{
    /// <param name="baseVersion">The version the document builds on; 0 when nothing is saved yet.</param>
    /// <param name="activate">Whether executions start on it from now on; without it, those under way and triggers keep the active version.</param>
    /// <exception cref="ProblemException">INVALID_DEFINITION with every problem; VERSION_CONFLICT when a version was saved since: open the draft again, which merges.</exception>
    public async Task<WorkflowRow> RunAsync(Principal principal, string workflowId, DraftDocument document, int baseVersion, bool activate, string? reason = null)
    {
        principal.Demand(Permission.Write);
        await using var context = database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == workflowId);
        if ((workflow?.LatestVersion ?? 0) != baseVersion)
            throw new ProblemException(ProblemCodes.VersionConflict, $"Version {workflow?.LatestVersion ?? 0} was saved while you drew. Nothing was saved: look at the merged draft, then save again.");
        var drawing = new Drawing(document.StepIds(), document.Layout.ToJson(), document.Text, activate);
        var saved = workflow is null
            ? await save.CreateAsync(principal, document.Definition(), workflowId, drawing)
            : await save.UpdateAsync(principal, workflowId, document.Definition(), workflow.Revision, reason, drawing);
        return saved.Row;
    }
}
