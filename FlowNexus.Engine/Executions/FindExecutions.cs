using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Filters of the list of executions; newest first.</summary>
public sealed record ExecutionFilter
{
    public string? WorkflowId { get; init; }

    /// <summary>One or several statuses, separated by commas.</summary>
    public string? Status { get; init; }

    /// <summary>Part of the workflow's name, or what the execution's id begins with (with or without <c>exec_</c>).</summary>
    public string? Search { get; init; }

    public string? TriggeredBy { get; init; }

    /// <summary>Created at this moment or later; milliseconds count.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Created before this moment; milliseconds count.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Ended at this moment or later. A list of what ended has the latest end first, and goes on by offset.</summary>
    public DateTimeOffset? EndedAfter { get; init; }

    /// <summary>Ended before this moment.</summary>
    public DateTimeOffset? EndedBefore { get; init; }

    public int? Limit { get; init; }
    public int? Offset { get; init; }

    /// <summary>Only what is older than the execution with this id: the <c>next_cursor</c> of the page before. What is started meanwhile moves no row to another page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Only of what ended, and by when it did.</summary>
    internal bool IsByEnd => EndedAfter is not null || EndedBefore is not null;
}

/// <summary>Lists executions without their bodies.</summary>
public sealed class FindExecutions
{
    private readonly EngineDatabase _database;
    private readonly WaitingReasons _reasons;
    private readonly TimeProvider _time;

    public FindExecutions(EngineDatabase database, WaitingReasons reasons, TimeProvider time)
    {
        _database = database;
        _reasons = reasons;
        _time = time;
    }

    /// <exception cref="ProblemException">INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<FoundExecutions> RunAsync(Principal principal, ExecutionFilter filter)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(filter.Limit, filter.Offset);
        await using var context = _database.Read();
        var parts = await ExecutionSelection.PartsAsync(context, filter, page.Offset + page.Limit);
        var ids = filter.IsByEnd ? await EndedIdsAsync(parts, page) : await IdsAsync(parts, filter.Cursor, page);
        var more = ids.Count > page.Limit;
        if (more) ids.RemoveAt(page.Limit);
        var (total, isExact) = await CountAsync(context, parts);
        var rows = await context.Executions.Where(row => ids.Contains(row.Id)).OrderByDescending(row => row.Id).Select(row => new ExecutionRow
        {
            Id = row.Id,
            WorkflowId = row.WorkflowId,
            Version = row.Version,
            Status = row.Status,
            Priority = row.Priority,
            PriorityText = row.PriorityText,
            Owner = "",
            TriggeredBy = row.TriggeredBy,
            UserId = row.UserId,
            Account = row.Account,
            CreatedAt = row.CreatedAt,
            StartedAt = row.StartedAt,
            FinishedAt = row.FinishedAt,
            Progress = row.Progress,
            StepsTotal = row.StepsTotal,
            StepsCompleted = row.StepsCompleted,
            CreditsMicro = row.CreditsMicro,
            Error = row.Error,
            Pins = row.Pins == null ? null : "{}",
            Control = row.Control,
            RetryOf = row.RetryOf,
            NotBefore = row.NotBefore,
            Pruned = row.Pruned,
        }).ToListAsync();
        var workflowIds = rows.Select(row => row.WorkflowId).Distinct().ToList();
        var names = await context.Workflows.Where(row => workflowIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name);
        var running = rows.Where(row => row.Status is "running" or "waiting").Select(row => row.Id).ToList();
        var steps = await context.Steps.Where(row => running.Contains(row.ExecutionId) && (row.Status == "in_progress" || row.Status == "waiting"))
            .Select(row => new StepRow { ExecutionId = row.ExecutionId, Ordinal = row.Ordinal, StepId = "", Name = row.Name, Status = row.Status, Wait = "" }).ToListAsync();
        var byExecution = steps.ToLookup(step => step.ExecutionId);
        var now = _time.GetUtcNow();
        var standing = await _reasons.StandingsAsync(rows);
        List<ExecutionView> views = [];
        foreach (var row in filter.IsByEnd ? rows.OrderBy(row => ids.IndexOf(row.Id)) : rows.AsEnumerable())
        {
            var name = names.GetValueOrDefault(row.WorkflowId, row.WorkflowId);
            views.Add(ExecutionViews.Listed(row, name, byExecution[row.Id], standing, now));
        }

        var seen = page.Offset + ids.Count + (more ? 1 : 0);
        return new FoundExecutions(views, isExact ? total : Math.Max(total, seen), isExact, more, more && !filter.IsByEnd ? ids[^1] : null);
    }

    /// <summary>The page's ids and one more when there are more; newest first.</summary>
    private static async Task<List<string>> IdsAsync(IReadOnlyList<ExecutionPart> parts, string? cursor, Page page)
    {
        var ordered = parts.Select(part => part.InOrder).Select(rows => cursor is null ? rows : rows.Where(row => row.Id.CompareTo(cursor) < 0)).Select(rows => rows.OrderByDescending(row => row.Id).Select(row => row.Id)).ToList();
        if (ordered.Count == 1) return await ordered[0].Skip(page.Offset).Take(page.Limit + 1).ToListAsync();
        List<string> first = [];
        foreach (var ids in ordered) first.AddRange(await ids.Take(page.Offset + page.Limit + 1).ToListAsync());
        return [.. first.OrderDescending(StringComparer.Ordinal).Skip(page.Offset).Take(page.Limit + 1)];
    }

    /// <summary>The same of what ended, the latest end first.</summary>
    private static async Task<List<string>> EndedIdsAsync(IReadOnlyList<ExecutionPart> parts, Page page)
    {
        List<(long? At, string Id)> first = [];
        foreach (var part in parts)
        {
            var rows = await part.InOrder.OrderByDescending(row => row.FinishedAt).ThenByDescending(row => row.Id).Select(row => new { row.FinishedAt, row.Id }).Take(page.Offset + page.Limit + 1).ToListAsync();
            first.AddRange(rows.Select(row => (row.FinishedAt, row.Id)));
        }

        return [.. first.OrderByDescending(one => one.At).ThenByDescending(one => one.Id, StringComparer.Ordinal).Skip(page.Offset).Take(page.Limit + 1).Select(one => one.Id)];
    }

    private static async Task<(int AtLeast, bool IsExact)> CountAsync(FlowNexusDbContext context, IReadOnlyList<ExecutionPart> parts)
    {
        var (total, isExact) = (0, true);
        foreach (var part in parts)
        {
            if (part.CompletedOf is { } workflow)
            {
                total += (int)await context.Workflows.Where(row => row.Id == workflow).Select(row => row.CompletedCount).FirstOrDefaultAsync();
                continue;
            }

            var most = Math.Min(part.Most, Math.Max(BoundedCount.Most - total, 0));
            var count = await part.Counted.CountUpToAsync(most);
            isExact &= count <= most;
            total += Math.Min(count, most);
        }

        return (total, isExact);
    }
}

/// <summary>One page of executions.</summary>
/// <param name="TotalCount">All that match, on whatever page; at least so many where counting would cost more than the page.</param>
/// <param name="TotalIsExact">False when there may be more than <paramref name="TotalCount"/>.</param>
/// <param name="NextCursor">Where the next page starts; null on the last one.</param>
public sealed record FoundExecutions(IReadOnlyList<ExecutionView> Executions, int TotalCount, bool TotalIsExact, bool HasMore, string? NextCursor)
{
    public bool Success { get; } = true;
}
