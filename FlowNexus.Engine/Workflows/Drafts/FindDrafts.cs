using FlowNexus.Engine.Access;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Lists workflows that are drawn and not saved as a version yet; those saved are in the list of workflows.</summary>
public sealed class FindDrafts(EngineDatabase database)
{
    private const int Most = 50;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<UnsavedDraft>> RunAsync(Principal principal)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var rows = await context.Drafts.Where(draft => draft.BaseVersion == 0 && !context.Workflows.Any(workflow => workflow.Id == draft.WorkflowId))
            .OrderByDescending(draft => draft.UpdatedAt).Take(Most).Select(draft => new { draft.WorkflowId, draft.Name, draft.UpdatedAt }).ToListAsync();
        return [.. rows.Select(row => new UnsavedDraft(row.WorkflowId, row.Name, UnixMicros.Read(row.UpdatedAt)))];
    }
}

/// <summary>A draft of a workflow that does not exist yet.</summary>
public sealed record UnsavedDraft(string WorkflowId, string Name, DateTimeOffset UpdatedAt);
