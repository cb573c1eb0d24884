using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows;

/// <summary>Activates the latest version of a workflow, pauses it, or archives it. Executions under way go on.</summary>
public sealed class ChangeWorkflowStatus(EngineDatabase database, WorkflowVersions versions, PauseAdmission pauses, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Allowed = ["active", "paused", "archived"];

    private static readonly Statement Change = new(
        "UPDATE workflows SET status = ?3, active_version = ?4, revision = revision + 1, updated_at = ?5 WHERE id = ?1 AND revision = ?2");

    /// <param name="keepVersion">Goes on with the version that was active instead of the latest.</param>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND; INVALID_REQUEST; INVALID_DEFINITION when a step cannot run here; VERSION_CONFLICT.</exception>
    public async Task<WorkflowRow> RunAsync(Principal principal, string workflowId, string status, string? reason = null, bool keepVersion = false)
    {
        principal.Demand(Permission.Write);
        PauseWriting.DemandReason(reason);
        if (!Allowed.Contains(status))
            throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, $"\"{status}\" is no status to change to.") { Details = [new ProblemDetail("/status", "allowed", "Unknown status.") { Allowed = Allowed }] });
        await using var context = database.Read();
        var row = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw WorkflowVersions.NotFound(workflowId);
        if (row.Status == status && (status != "active" || keepVersion || row.ActiveVersion == row.LatestVersion)) return row;
        var version = keepVersion ? row.ActiveVersion ?? row.LatestVersion : row.LatestVersion;
        if (status == "active") await versions.GetAsync(workflowId, version);
        var now = time.GetUtcNow();
        var activeVersion = status == "active" ? version : row.ActiveVersion;
        var transition = new Transition();
        transition.Run(Change, Refusal.Stale, to =>
        {
            to.Text(workflowId);
            to.Integer(row.Revision);
            to.Text(status);
            to.Integer(activeVersion);
            to.Integer(UnixMicros.Of(now));
        });
        if (status == "paused") transition.Pause(PauseScopes.Workflow(workflowId), principal, reason, now);
        else if (row.Status == "paused") transition.Resume(PauseScopes.Workflow(workflowId), whenNotPaused: null);
        var type = status switch { "active" => "workflow_activated", "paused" => "workflow_paused", _ => "workflow_archived" };
        transition.Tell(WorkflowEvents.Of(type, workflowId, principal, now, new { version = activeVersion, reason }));
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            throw new ProblemException(ProblemCodes.VersionConflict, $"The workflow \"{row.Name}\" was changed at the same moment. Look at it again, then decide.");
        }

        if (status == "paused" || row.Status == "paused") await pauses.ApplyAsync();
        (row.Status, row.ActiveVersion, row.Revision, row.UpdatedAt) = (status, activeVersion, row.Revision + 1, UnixMicros.Of(now));
        return row;
    }
}
