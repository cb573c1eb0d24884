using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows;

/// <summary>Shows one workflow, its definition and its versions.</summary>
public sealed class GetWorkflow(EngineDatabase database, WorkflowDefinitionReader reader, StepCatalogue catalogue)
{
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<WorkflowView> RunAsync(Principal principal, string workflowId, int? version = null)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw WorkflowVersions.NotFound(workflowId);
        var number = version ?? row.LatestVersion;
        var saved = await context.Versions.FirstOrDefaultAsync(x => x.WorkflowId == workflowId && x.Version == number)
            ?? throw new ProblemException(ProblemCodes.NotFound, $"The workflow \"{row.Name}\" has no version {number}; its latest is {row.LatestVersion}.");
        var definition = reader.Read((JsonObject)JsonNode.Parse(saved.Definition)!).Require();
        var pause = row.Status == "paused" ? await context.Pauses.FirstOrDefaultAsync(x => x.Scope == PauseScopes.Workflow(workflowId)) : null;
        return WorkflowViews.Of(row, definition, TryPrepare(row, saved, definition), withDefinition: true) with { Paused = Pause.Of(pause) };
    }

    /// <summary>The answer to saving a workflow.</summary>
    public WorkflowView Of(SavedWorkflow saved) => WorkflowViews.Of(saved.Row, saved.Definition, TryPrepare(saved.Row, null, saved.Definition), withDefinition: false);

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<IReadOnlyList<WorkflowVersionView>> VersionsAsync(Principal principal, string workflowId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        if (!await context.Workflows.AnyAsync(x => x.Id == workflowId)) throw WorkflowVersions.NotFound(workflowId);
        var rows = await context.Versions.Where(x => x.WorkflowId == workflowId).OrderByDescending(x => x.Version)
            .Select(x => new { x.Version, x.Reason, x.CreatedBy, x.CreatedAt, x.Hash }).ToListAsync();
        return [.. rows.Select(x => new WorkflowVersionView(x.Version, x.Reason, x.CreatedBy, UnixMicros.Read(x.CreatedAt), x.Hash))];
    }

    private PreparedWorkflow? TryPrepare(WorkflowRow row, VersionRow? saved, WorkflowDefinition definition)
    {
        try
        {
            var stepIds = saved is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(saved.StepIds) ?? [];
            return PreparedWorkflow.Of(row.Id, row.LatestVersion, definition, stepIds, catalogue);
        }
        catch (ProblemException)
        {
            // A draft with a step that cannot run here has no plan, and so no estimate.
            return null;
        }
    }
}

/// <summary>One version in the history.</summary>
public sealed record WorkflowVersionView(int Version, string? Reason, string CreatedBy, DateTimeOffset CreatedAt, string Hash);
