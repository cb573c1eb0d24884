using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Brings an earlier version back, as a new one; and tells two versions apart.</summary>
public sealed class RestoreVersion(OpenDraft open, GetWorkflow get, PublishDraft publish)
{
    /// <summary>Executions go on starting on the active version until the new one is activated.</summary>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.</exception>
    public async Task<WorkflowRow> RunAsync(Principal principal, string workflowId, int version)
    {
        principal.Demand(Permission.Write);
        var workflow = await get.RunAsync(principal, workflowId);
        var document = await open.VersionAsync(principal, workflowId, version);
        return await publish.RunAsync(principal, workflowId, document, workflow.Version, activate: false, $"restored from version {version}");
    }

    /// <param name="from">0 is the empty workflow that every history begins with.</param>
    /// <exception cref="ProblemException">NOT_FOUND, FORBIDDEN.</exception>
    public async Task<ComparedVersions> CompareAsync(Principal principal, string workflowId, int from, int to)
    {
        var after = await open.VersionAsync(principal, workflowId, to);
        var before = from == 0 ? DraftDocument.Blank(after.Name) : await open.VersionAsync(principal, workflowId, from);
        return new ComparedVersions(before, after, DraftDiff.Of(before, after));
    }
}

/// <summary>Two versions and what differs.</summary>
public sealed record ComparedVersions(DraftDocument Before, DraftDocument After, DraftDiff Diff);
