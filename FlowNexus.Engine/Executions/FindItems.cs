using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Which items of a loop to list.</summary>
public sealed record ItemFilter(string ExecutionId, string StepName)
{
    /// <summary>running, retrying, completed or failed; null for all that have begun.</summary>
    public string? Status { get; init; }

    /// <summary>Only items behind this index; the <c>next_cursor</c> of the page before.</summary>
    public int? Cursor { get; init; }

    public int? Limit { get; init; }
}

/// <summary>Lists the items of a <c>for_each</c> step, or the rounds of a <c>sub_workflow</c> that repeats, as far as they have begun.</summary>
public sealed class FindItems(EngineDatabase database, WorkflowVersions versions)
{
    /// <summary>Characters of an output that a list shows; the step's output has all of it.</summary>
    public const int MostOutput = 4096;

    private static readonly string[] Statuses = ["running", "retrying", "completed", "failed"];

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, EXECUTION_EXPIRED, NOT_FOUND when no step has that name, INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<FoundItems> RunAsync(Principal principal, ItemFilter filter)
    {
        principal.Demand(Permission.Read);
        if (filter.Status is { } status) Allowed.One("status", status, Statuses);
        var page = Page.Of(filter.Limit, null);
        await using var context = database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == filter.ExecutionId) ?? throw GetStatus.NotFound(filter.ExecutionId);
        if (!ExecutionViews.IsRetained(row)) throw GetStatus.Expired(row);
        var workflow = await versions.GetAsync(row.WorkflowId, row.Version);
        var ordinal = workflow.Definition.Steps.ToList().FindIndex(step => step.Name == filter.StepName);
        if (ordinal < 0) throw new ProblemException(ProblemCodes.NotFound, $"The execution has no step \"{filter.StepName}\". Its steps: {string.Join(", ", workflow.Definition.Steps.Select(step => step.Name))}.");
        var step = await context.Steps.FirstOrDefaultAsync(x => x.ExecutionId == filter.ExecutionId && x.Ordinal == ordinal && x.Iteration == 0);
        var loop = ExecutionRows.Loop(step?.Loop);
        var after = filter.Cursor ?? -1;

        var ended = context.Iterations.Where(x => x.ExecutionId == filter.ExecutionId && x.Ordinal == ordinal && x.Iteration > after);
        if (filter.Status is not null) ended = ended.Where(x => x.Status == filter.Status);
        var rows = await ended.OrderBy(x => x.Iteration).Take(page.Limit + 1).ToListAsync();
        var items = (loop?.InFlight ?? []).Where(item => item.Index > after && item.Status != ItemStatus.Open).Select(ItemView.Of)
            .Where(item => filter.Status is null || item.Status == filter.Status)
            .Concat(rows.Select(ItemView.Of)).OrderBy(item => item.Index).Take(page.Limit + 1).ToList();
        var more = items.Count > page.Limit;
        if (more) items.RemoveAt(page.Limit);
        return new FoundItems(items, loop?.Count ?? 0, loop?.Succeeded ?? 0, loop?.Failed ?? 0, more ? items[^1].Index : null);
    }
}

/// <param name="Total">All items there are; those that have not begun are not listed.</param>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record FoundItems(IReadOnlyList<ItemView> Items, int Total, int Succeeded, int Failed, int? NextCursor)
{
    public bool Success { get; } = true;
}

/// <summary>One item of a loop.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Status">running, retrying, completed or failed.</param>
/// <param name="ChildExecutionId">The execution that does or did it.</param>
/// <param name="StartedAt">Of its last attempt; null for items that are evaluated together.</param>
/// <param name="Output">Null while there is none, and when it is larger than <see cref="FindItems.MostOutput"/>.</param>
/// <param name="OutputLeftOut">It is larger; the step's output has it.</param>
public sealed record ItemView(int Index, string Status, int Attempt, string? ChildExecutionId, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, JsonNode? Output, bool OutputLeftOut, Problem? Error)
{
    internal static ItemView Of(ItemState item) =>
        new(item.Index, item.Status == ItemStatus.Retrying ? "retrying" : "running", item.Attempt, item.ChildId, item.StartedAt, null, null, false, null);

    internal static ItemView Of(IterationRow row)
    {
        var tooLarge = row.OutputArtifact is not null || row.Output?.Length > FindItems.MostOutput;
        return new(row.Iteration, row.Status, row.Attempt, row.ChildId, UnixMicros.Read(row.StartedAt), UnixMicros.Read(row.FinishedAt), tooLarge || row.Output is null ? null : JsonNode.Parse(row.Output), tooLarge, ExecutionRows.Problem(row.Error));
    }
}
