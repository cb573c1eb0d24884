using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows;

/// <summary>Filters and order of the list of workflows.</summary>
public sealed record WorkflowFilter
{
    /// <summary>One or several statuses, separated by commas.</summary>
    public string? Status { get; init; }

    /// <summary>Part of the name, description or metadata.</summary>
    public string? Search { get; init; }

    public string? SortBy { get; init; }
    public string? Order { get; init; }
    public int? Limit { get; init; }
    public int? Offset { get; init; }
}

/// <summary>Lists workflows.</summary>
public sealed class FindWorkflows(EngineDatabase database)
{
    public static readonly IReadOnlyList<string> Statuses = ["draft", "active", "paused", "archived"];
    public static readonly IReadOnlyList<string> SortKeys = ["created_at", "updated_at", "name", "status", "last_executed", "executions_count"];

    /// <exception cref="ProblemException">INVALID_REQUEST naming the field and what is allowed; FORBIDDEN.</exception>
    public async Task<FoundWorkflows> RunAsync(Principal principal, WorkflowFilter filter)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(filter.Limit, filter.Offset);
        await using var context = database.Read();
        var query = context.Workflows.AsQueryable();
        if (!string.IsNullOrEmpty(filter.Status))
        {
            var statuses = Allowed.Several("status", filter.Status, Statuses);
            query = query.Where(row => statuses.Contains(row.Status));
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = Pattern(filter.Search);
            query = query.Where(row => EF.Functions.Like(FlowNexusDbContext.Lower(row.Name), pattern, "\\") || EF.Functions.Like(FlowNexusDbContext.Lower(row.Description!), pattern, "\\") || EF.Functions.Like(FlowNexusDbContext.Lower(row.Metadata!), pattern, "\\"));
        }

        var descending = Allowed.One("order", filter.Order ?? "desc", ["asc", "desc"]) == "desc";
        var total = await query.CountAsync();
        var rows = await Sorted(query, Allowed.One("sort_by", filter.SortBy ?? "created_at", SortKeys), descending).Skip(page.Offset).Take(page.Limit).ToListAsync();
        return new FoundWorkflows([.. rows.Select(WorkflowViews.Item)], total, page.Offset + rows.Count < total);
    }

    /// <summary>Finds a part of a text whatever its case, of A to Z: what both databases can do.</summary>
    internal static string Pattern(string search) => $"%{Escape(string.Concat(search.Trim().Select(letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter)))}%";

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static IQueryable<WorkflowRow> Sorted(IQueryable<WorkflowRow> query, string key, bool descending)
    {
        var sorted = (key, descending) switch
        {
            ("name", false) => query.OrderBy(row => row.Name),
            ("name", true) => query.OrderByDescending(row => row.Name),
            ("status", false) => query.OrderBy(row => row.Status),
            ("status", true) => query.OrderByDescending(row => row.Status),
            ("updated_at", false) => query.OrderBy(row => row.UpdatedAt),
            ("updated_at", true) => query.OrderByDescending(row => row.UpdatedAt),
            ("last_executed", false) => query.OrderBy(row => row.LastExecutedAt ?? 0),
            ("last_executed", true) => query.OrderByDescending(row => row.LastExecutedAt ?? 0),
            ("executions_count", false) => query.OrderBy(row => row.ExecutionsCount),
            ("executions_count", true) => query.OrderByDescending(row => row.ExecutionsCount),
            (_, false) => query.OrderBy(row => row.CreatedAt),
            _ => query.OrderByDescending(row => row.CreatedAt),
        };
        return descending ? sorted.ThenByDescending(row => row.Id) : sorted.ThenBy(row => row.Id);
    }
}

/// <summary>One page of workflows.</summary>
public sealed record FoundWorkflows(IReadOnlyList<WorkflowListItem> Workflows, int TotalCount, bool HasMore)
{
    public bool Success { get; } = true;
}
