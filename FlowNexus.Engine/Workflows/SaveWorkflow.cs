using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows;

/// <summary>Creates a workflow, or a new version of one.</summary>
public sealed class SaveWorkflow(EngineDatabase database, WorkflowDefinitionReader reader, StepCatalogue catalogue, AgentDirectory agents, ChangeWorkflowStatus status, TimeProvider time)
{
    /// <summary>Creates a workflow; active unless the definition says <c>"status": "draft"</c> or uses a step type that is not available.</summary>
    /// <param name="workflowId">An id from elsewhere, kept unchanged; null makes one.</param>
    /// <exception cref="ProblemException">INVALID_DEFINITION with every problem, FORBIDDEN, CONFLICT when the id is taken.</exception>
    /// <param name="drawing">What the designer knows beside the definition.</param>
    public async Task<SavedWorkflow> CreateAsync(Principal principal, JsonObject source, string? workflowId = null, Drawing? drawing = null)
    {
        principal.Demand(Permission.Write);
        var read = await ReadAsync(source);
        var definition = read.Require();
        var now = time.GetUtcNow();
        var id = workflowId ?? NewId.Workflow(now);
        var stepIds = drawing is null ? StepIds.First(definition, now) : Complete(drawing.StepIds, definition, now);
        var activate = drawing?.Activate ?? WantsActive(source, read);
        if (drawing is { Activate: true }) DemandActivation(read);
        if (activate) PreparedWorkflow.Of(id, 1, definition, stepIds, catalogue);
        var row = Row(new WorkflowRow { Id = id, Name = "", Status = "", Priority = "", CreatedBy = principal.UserId, CreatedAt = UnixMicros.Of(now) }, definition, read, 1, activate, now);
        var transition = new Transition();
        transition.InsertOrRefuse(Tables.Workflows, row);
        transition.Insert(Tables.Versions, Version(row, definition, stepIds, principal, null, now, drawing));
        transition.Tell(WorkflowEvents.Of("workflow_created", id, principal, now, new { name = row.Name, version = 1, status = row.Status }));
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            throw new ProblemException(ProblemCodes.Conflict, $"There is a workflow with the id \"{id}\" already.");
        }

        return new SavedWorkflow(row, definition, read.Warnings);
    }

    /// <summary>Makes a new version and, if the workflow is active and it can run, the one that executions start on.</summary>
    /// <param name="revision">The revision the caller saw (<c>If-Match</c>); null takes whatever is there.</param>
    /// <exception cref="ProblemException">VERSION_CONFLICT with both documents when the workflow changed since; INVALID_DEFINITION; WORKFLOW_NOT_FOUND.</exception>
    /// <param name="drawing">What the designer knows beside the definition.</param>
    public async Task<SavedWorkflow> UpdateAsync(Principal principal, string workflowId, JsonObject source, int? revision, string? reason = null, Drawing? drawing = null)
    {
        principal.Demand(Permission.Write);
        var read = await ReadAsync(source);
        var definition = read.Require();
        await using var context = database.Read();
        var before = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw WorkflowVersions.NotFound(workflowId);
        var latest = await context.Versions.FirstAsync(x => x.WorkflowId == workflowId && x.Version == before.LatestVersion);
        if (revision is { } seen && seen != before.Revision) throw Stale(before, latest, seen);
        var now = time.GetUtcNow();
        var hash = CanonicalJson.Hash(definition.Source);
        if (hash == latest.Hash) return new SavedWorkflow(await RedrawAsync(before, latest, drawing, read, principal), definition, read.Warnings);

        var previous = reader.Read((JsonObject)JsonNode.Parse(latest.Definition)!).Require();
        var previousIds = JsonSerializer.Deserialize<Dictionary<string, string>>(latest.StepIds) ?? [];
        var stepIds = drawing is null ? StepIds.Next(previous, previousIds, definition, null, now) : Complete(drawing.StepIds, definition, now);
        var version = before.LatestVersion + 1;
        if (drawing is { Activate: true }) DemandActivation(read);
        var activate = drawing?.Activate ?? (before.Status == "active" ? !read.ActivationProblems.Any() : WantsActive(source, read) && before.Status != "archived" && source["status"] is not null);
        if (activate) PreparedWorkflow.Of(workflowId, version, definition, stepIds, catalogue);
        var row = Row(before, definition, read, version, activate, now);
        var transition = new Transition();
        Guard(transition, before);
        transition.Upsert(Tables.Workflows, row);
        transition.Insert(Tables.Versions, Version(row, definition, stepIds, principal, reason, now, drawing ?? Kept(latest)));
        transition.Tell(WorkflowEvents.Of("workflow_updated", workflowId, principal, now, new { name = row.Name, version, status = row.Status, reason }));
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            throw Stale(before, latest, before.Revision);
        }

        return new SavedWorkflow(row, definition, read.Warnings);
    }

    /// <summary>Checks a definition without saving it: the same validator behind every door.</summary>
    public async Task<ReadDefinition> ValidateAsync(Principal principal, JsonObject source)
    {
        principal.Demand(Permission.Read);
        return await ReadAsync(source);
    }

    internal static void Guard(Transition transition, WorkflowRow before) => transition.Run(RevisionGuard, Refusal.Stale, to =>
    {
        to.Text(before.Id);
        to.Integer(before.Revision);
    });

    private static readonly Statement RevisionGuard = new("UPDATE workflows SET revision = revision WHERE id = ?1 AND revision = ?2");

    private static readonly Statement Redraw = new("UPDATE versions SET layout = ?3, text_format = ?4, text = ?5 WHERE workflow_id = ?1 AND version = ?2");

    private async Task<ReadDefinition> ReadAsync(JsonObject source)
    {
        var known = await agents.AllAsync();
        return reader.Read(source, [.. known.Select(agent => agent.Type).Distinct()]);
    }

    private static bool WantsActive(JsonObject source, ReadDefinition read) =>
        !read.ActivationProblems.Any() && !(source["status"] is JsonValue status && status.TryGetValue(out string? word) && word == "draft");

    private static WorkflowRow Row(WorkflowRow before, WorkflowDefinition definition, ReadDefinition read, int version, bool activate, DateTimeOffset now) => new()
    {
        Id = before.Id,
        Name = definition.Name,
        Description = definition.Description,
        Status = activate ? "active" : before.Status is "paused" or "archived" ? before.Status : before.ActiveVersion is null ? "draft" : before.Status,
        Priority = definition.Priority.ToString(),
        Metadata = definition.Metadata is { } metadata ? CanonicalJson.Write(metadata) : null,
        LatestVersion = version,
        ActiveVersion = activate ? version : before.ActiveVersion,
        Revision = before.Revision + 1,
        Warnings = read.Warnings.Count == 0 ? null : JsonSerializer.Serialize(read.Warnings, ProblemJson.Options),
        CreatedAt = before.CreatedAt,
        UpdatedAt = UnixMicros.Of(now),
        CreatedBy = before.CreatedBy,
    };

    private static VersionRow Version(WorkflowRow row, WorkflowDefinition definition, IReadOnlyDictionary<string, string> stepIds, Principal principal, string? reason, DateTimeOffset now, Drawing? drawing) => new()
    {
        WorkflowId = row.Id,
        Version = row.LatestVersion,
        Definition = CanonicalJson.Write(definition.Source),
        StepIds = JsonSerializer.Serialize(stepIds),
        Hash = CanonicalJson.Hash(definition.Source),
        Reason = reason,
        CreatedBy = principal.UserId,
        CreatedAt = UnixMicros.Of(now),
        Layout = drawing is null ? null : CanonicalJson.Write(drawing.Layout),
        TextFormat = drawing?.Text?.Format,
        Text = drawing?.Text?.Source,
    };

    // Boxes stay where they were drawn when a new version comes through another door; what was written by hand would no longer say the same.
    private static Drawing? Kept(VersionRow latest) =>
        latest.Layout is { } layout ? new Drawing(new Dictionary<string, string>(), JsonNode.Parse(layout)!, null, false) : null;

    private static Dictionary<string, string> Complete(IReadOnlyDictionary<string, string> known, WorkflowDefinition definition, DateTimeOffset now) =>
        definition.Steps.ToDictionary(step => step.Name, step => known.TryGetValue(step.Name, out var id) ? id : NewId.Step(now));

    private static void DemandActivation(ReadDefinition read)
    {
        var problems = read.ActivationProblems.ToList();
        if (problems.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, $"The workflow cannot be activated: {problems[0].Message}") { Details = problems });
    }

    /// <summary>Keeps where things stand on the canvas when nothing else changed, and activates if that was asked for.</summary>
    private async Task<WorkflowRow> RedrawAsync(WorkflowRow row, VersionRow latest, Drawing? drawing, ReadDefinition read, Principal principal)
    {
        if (drawing is null) return row;
        var layout = CanonicalJson.Write(drawing.Layout);
        var activates = drawing.Activate && (row.Status != "active" || row.ActiveVersion != row.LatestVersion);
        if (activates) DemandActivation(read);
        if (!activates && layout == latest.Layout && drawing.Text?.Source == latest.Text) return row;
        var transition = new Transition();
        transition.Run(Redraw, null, to =>
        {
            to.Text(row.Id);
            to.Integer(latest.Version);
            to.Text(layout);
            to.Text(drawing.Text?.Format);
            to.Text(drawing.Text?.Source);
        });
        await database.Journal.CommitAsync(transition);
        return activates ? await status.RunAsync(principal, row.Id, "active") : row;
    }

    private static ProblemException Stale(WorkflowRow row, VersionRow latest, int seen) => new(new Problem(
        ProblemCodes.VersionConflict,
        $"The workflow \"{row.Name}\" was changed since you read it (you have revision {seen}, it is at {row.Revision}). Nothing was saved: take in the changes, then save again.")
    {
        Facts = new JsonObject { ["revision"] = row.Revision, ["current"] = JsonNode.Parse(latest.Definition) },
    });
}

/// <summary>What saving came to.</summary>
public sealed record SavedWorkflow(WorkflowRow Row, WorkflowDefinition Definition, IReadOnlyList<ProblemDetail> Warnings);
