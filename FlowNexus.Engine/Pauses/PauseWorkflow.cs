using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Pauses;

/// <summary>Pauses and resumes a workflow: nothing new of it starts, what is queued waits, what runs goes on unless that is paused too.</summary>
public sealed class PauseWorkflow(EngineDatabase database, ChangeWorkflowStatus change, ControlExecution control)
{
    private const string Scope = "workflow";

    /// <param name="includeRunning">Pauses its executions under way as well.</param>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND; CONFLICT when it is not active; INVALID_REQUEST; FORBIDDEN.</exception>
    public async Task PauseAsync(Principal principal, string workflowId, string? reason, bool includeRunning)
    {
        await DemandAsync(workflowId, "active", "pause");
        await change.RunAsync(principal, workflowId, "paused", reason);
        if (includeRunning) await EachAsync(workflowId, ["running", "waiting"], _ => true, id => control.PauseAsync(principal, id, reason ?? "Its workflow was paused.", Scope));
    }

    /// <param name="includeRunning">Resumes the executions that were paused with it as well; those paused by themselves stay so.</param>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND; CONFLICT when it is not paused; INVALID_REQUEST; FORBIDDEN.</exception>
    public async Task ResumeAsync(Principal principal, string workflowId, string? reason, bool includeRunning)
    {
        await DemandAsync(workflowId, "paused", "resume");
        await change.RunAsync(principal, workflowId, "active", reason, keepVersion: true);
        if (includeRunning) await EachAsync(workflowId, ["paused"], mark => mark?.Scope == Scope, id => control.ResumeAsync(principal, id));
    }

    private async Task DemandAsync(string workflowId, string status, string verb)
    {
        await using var context = database.Read();
        var row = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw WorkflowVersions.NotFound(workflowId);
        if (row.Status == status) return;
        var pause = Pause.Of(await context.Pauses.FirstOrDefaultAsync(x => x.Scope == PauseScopes.Workflow(workflowId)));
        throw new ProblemException(ProblemCodes.Conflict, $"The workflow \"{row.Name}\" is {row.Status}{PauseAdmission.Who(pause)}; it cannot {verb} from there.");
    }

    private async Task EachAsync(string workflowId, string[] statuses, Func<ExecutionControl?, bool> wanted, Func<string, Task> act)
    {
        await using var context = database.Read();
        var rows = await context.Executions.Where(row => row.WorkflowId == workflowId && statuses.Contains(row.Status)).Select(row => new { row.Id, row.Control }).ToListAsync();
        foreach (var row in rows.Where(row => wanted(ExecutionRows.Control(row.Control))))
        {
            try
            {
                await act(row.Id);
            }
            catch (ProblemException gone) when (gone.Problem.Code == ProblemCodes.Conflict)
            {
                // It ended, or somebody paused it, in the meantime.
            }
        }
    }
}
