using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>
/// A part of what a filter selects that one index gives in the order of ids. Parts do not overlap, so a list merges
/// their first rows and adds their counts, and no part is sorted, whatever its size.
/// </summary>
/// <param name="InOrder">For reading newest first and ending early.</param>
/// <param name="Counted">The same rows, for counting them.</param>
internal sealed record ExecutionPart(IQueryable<ExecutionRow> InOrder, IQueryable<ExecutionRow> Counted)
{
    /// <summary>Counting goes up to here: less far where each row has to be fetched to be judged.</summary>
    public int Most { get; init; } = BoundedCount.Most;

    /// <summary>The workflow whose counter knows how many there are; null when they have to be counted.</summary>
    public string? CompletedOf { get; init; }

    public ExecutionPart Where(System.Linq.Expressions.Expression<Func<ExecutionRow, bool>> holds) => this with { InOrder = InOrder.Where(holds), Counted = Counted.Where(holds) };
}

/// <summary>Turns a filter into parts; each names the conditions of the index it is meant for.</summary>
internal static class ExecutionSelection
{
    private const int MostFetched = 1000;

    /// <summary>What the ids of executions begin with.</summary>
    private const string Prefix = "exec_";

    /// <summary>What starts an execution by default, and so most of them.</summary>
    private const string Manual = "manual";

    private static readonly string[] Terminal = ["completed", "failed", "cancelled", "timed_out"];

    /// <summary>How much dearer a row of the table is than an entry of an index.</summary>
    private const double RowCost = 10;

    /// <param name="wanted">How many rows the list needs to see.</param>
    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static async Task<IReadOnlyList<ExecutionPart>> PartsAsync(FlowNexusDbContext context, ExecutionFilter filter, int wanted)
    {
        if (filter.IsByEnd) return Ended(context, filter);
        var all = context.Executions.AsQueryable();
        var part = new ExecutionPart(all, all);
        if (filter.TriggeredBy is Manual) part = part.Where(row => row.TriggeredBy == Manual) with { Most = MostFetched };
        else if (!string.IsNullOrEmpty(filter.TriggeredBy)) part = part.Where(row => row.TriggeredBy != Manual && row.TriggeredBy == filter.TriggeredBy);

        // An id carries the moment its execution was created, to the millisecond.
        if (filter.StartTime is { } start && NewId.First(Prefix, start) is var from) part = part.Where(row => row.Id.CompareTo(from) >= 0);
        if (filter.EndTime is { } end && NewId.First(Prefix, end) is var until) part = part.Where(row => row.Id.CompareTo(until) < 0);
        IReadOnlyList<ExecutionPart> parts = string.IsNullOrWhiteSpace(filter.Search) ? [part] : await SearchedAsync(context, part, filter.Search.Trim(), wanted);
        if (string.IsNullOrEmpty(filter.Status)) return string.IsNullOrEmpty(filter.WorkflowId) ? parts : [.. parts.Select(one => one.Where(row => row.WorkflowId == filter.WorkflowId))];
        var statuses = Allowed.Several("status", filter.Status, StatusWords.OfExecutions).Distinct(StringComparer.Ordinal).ToList();
        return [.. parts.SelectMany(one => statuses.Select(status => WithStatus(one, status, filter)))];
    }

    /// <summary>What ended, one part for each way to: the index of status and end gives them in order. Whatever else is asked for is judged row by row.</summary>
    private static List<ExecutionPart> Ended(FlowNexusDbContext context, ExecutionFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Cursor)) throw new ProblemException(ProblemCodes.InvalidRequest, "cursor cannot go with ended_after and ended_before: use offset.");
        var statuses = string.IsNullOrEmpty(filter.Status) ? Terminal : Allowed.Several("status", filter.Status, StatusWords.OfExecutions).Intersect(Terminal, StringComparer.Ordinal);
        List<ExecutionPart> parts = [];
        foreach (var status in statuses)
        {
            var rows = context.Executions.Where(row => row.Status == status);
            if (UnixMicros.Of(filter.EndedAfter) is { } from) rows = rows.Where(row => row.FinishedAt >= from);
            if (UnixMicros.Of(filter.EndedBefore) is { } until) rows = rows.Where(row => row.FinishedAt < until);
            var judged = Judged(context, rows, filter);
            parts.Add(new ExecutionPart(judged, judged) { Most = ReferenceEquals(judged, rows) ? BoundedCount.Most : MostFetched });
        }

        return parts;
    }

    private static IQueryable<ExecutionRow> Judged(FlowNexusDbContext context, IQueryable<ExecutionRow> rows, ExecutionFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.WorkflowId)) rows = rows.Where(row => row.WorkflowId + "" == filter.WorkflowId);
        if (!string.IsNullOrEmpty(filter.TriggeredBy)) rows = rows.Where(row => row.TriggeredBy + "" == filter.TriggeredBy);
        if (filter.StartTime is { } start && NewId.First(Prefix, start) is var first) rows = rows.Where(row => (row.Id + "").CompareTo(first) >= 0);
        if (filter.EndTime is { } end && NewId.First(Prefix, end) is var last) rows = rows.Where(row => (row.Id + "").CompareTo(last) < 0);
        if (string.IsNullOrWhiteSpace(filter.Search)) return rows;
        var pattern = FindWorkflows.Pattern(filter.Search);
        var named = context.Workflows.Where(row => EF.Functions.Like(FlowNexusDbContext.Lower(row.Name), pattern, "\\")).Select(row => row.Id);
        var (idFrom, idUntil) = OfId(filter.Search.Trim());
        return rows.Where(row => named.Contains(row.WorkflowId + "") || ((row.Id + "").CompareTo(idFrom) >= 0 && (row.Id + "").CompareTo(idUntil) < 0));
    }

    private static ExecutionPart WithStatus(ExecutionPart part, string status, ExecutionFilter filter)
    {
        var isOfWorkflow = !string.IsNullOrEmpty(filter.WorkflowId);
        switch (status)
        {
            // Few at any time, whatever their workflow.
            case "queued" or "running" or "paused":
                if (isOfWorkflow) part = part.Where(row => row.WorkflowId + "" == filter.WorkflowId);
                return part.Where(row => row.Status == status);

            // Most executions are: it is faster to pass over the others than to sort all that are.
            case "completed" when isOfWorkflow:
                var isAll = string.IsNullOrEmpty(filter.TriggeredBy) && string.IsNullOrWhiteSpace(filter.Search) && filter is { StartTime: null, EndTime: null };
                return part.Where(row => row.WorkflowId == filter.WorkflowId && row.Status + "" == "completed") with { Most = MostFetched, CompletedOf = isAll ? filter.WorkflowId : null };
            case "completed" when !string.IsNullOrWhiteSpace(filter.Search):
                return part.Where(row => row.Status + "" == "completed") with { Most = MostFetched };
            case "completed":
                return part with { InOrder = part.InOrder.Where(row => row.Status + "" == "completed"), Counted = part.Counted.Where(row => row.Status == "completed") };
            default:
                part = part.Where(row => row.Status == EF.Constant(status));
                return isOfWorkflow ? part.Where(row => row.WorkflowId == filter.WorkflowId) : part;
        }
    }

    /// <summary>Those of workflows with the text in their name, and those whose id begins with it.</summary>
    private static async Task<IReadOnlyList<ExecutionPart>> SearchedAsync(FlowNexusDbContext context, ExecutionPart part, string text, int wanted)
    {
        var pattern = FindWorkflows.Pattern(text);
        var named = context.Workflows.Where(row => EF.Functions.Like(FlowNexusDbContext.Lower(row.Name), pattern, "\\"));
        var matches = (double)await named.SumAsync(row => row.ExecutionsCount);
        var total = (double)await context.Workflows.SumAsync(row => row.ExecutionsCount);
        var ids = named.Select(row => row.Id);
        var counted = part.Counted.Where(row => ids.Contains(row.WorkflowId));

        // Few are sorted; of many the newest turn up soon among all executions.
        var inOrder = matches * matches < RowCost * wanted * total ? part.InOrder.Where(row => ids.Contains(row.WorkflowId)) : part.InOrder.Where(row => ids.Contains(row.WorkflowId + ""));
        var (from, until) = OfId(text);
        return [new ExecutionPart(inOrder, counted), part.Where(row => row.Id.CompareTo(from) >= 0 && row.Id.CompareTo(until) < 0 && !ids.Contains(row.WorkflowId))];
    }

    /// <summary>The ids that begin with a text.</summary>
    private static (string From, string Until) OfId(string text)
    {
        var lower = text.ToLowerInvariant();
        var from = lower.StartsWith(Prefix, StringComparison.Ordinal) ? lower : Prefix + lower;
        return (from, from + '\uffff');
    }
}
