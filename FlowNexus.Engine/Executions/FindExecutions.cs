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

    /// <summary>Part of the execution's id or of its workflow's name.</summary>
    public string? Search { get; init; }

    public string? TriggeredBy { get; init; }
    public int? Limit { get; init; }
    public int? Offset { get; init; }
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
        var query = Filtered(context, filter);
        var total = await query.CountAsync();
        var rows = await query.OrderByDescending(row => row.Id).Skip(page.Offset).Take(page.Limit).Select(row => new ExecutionRow
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
        foreach (var row in rows)
        {
            var name = names.GetValueOrDefault(row.WorkflowId, row.WorkflowId);
            views.Add(ExecutionViews.Of(row, name, null, byExecution[row.Id], standing(row, name), now));
        }

        return new FoundExecutions(views, total, page.Offset + rows.Count < total);
    }

    private static IQueryable<ExecutionRow> Filtered(FlowNexusDbContext context, ExecutionFilter filter)
    {
        var query = context.Executions.AsQueryable();
        if (!string.IsNullOrEmpty(filter.WorkflowId)) query = query.Where(row => row.WorkflowId == filter.WorkflowId);
        if (!string.IsNullOrEmpty(filter.TriggeredBy)) query = query.Where(row => row.TriggeredBy == filter.TriggeredBy);
        if (!string.IsNullOrEmpty(filter.Status))
        {
            var statuses = Allowed.Several("status", filter.Status, StatusWords.OfExecutions);
            query = query.Where(row => statuses.Contains(row.Status));
        }

        if (string.IsNullOrWhiteSpace(filter.Search)) return query;
        var pattern = Workflows.FindWorkflows.Pattern(filter.Search);
        return query.Where(row => EF.Functions.Like(FlowNexusDbContext.Lower(row.Id), pattern, "\\") || context.Workflows.Any(workflow => workflow.Id == row.WorkflowId && EF.Functions.Like(FlowNexusDbContext.Lower(workflow.Name), pattern, "\\")));
    }
}

/// <summary>One page of executions.</summary>
public sealed record FoundExecutions(IReadOnlyList<ExecutionView> Executions, int TotalCount, bool HasMore)
{
    public bool Success { get; } = true;
}
