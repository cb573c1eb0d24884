using System.Globalization;
using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Lists;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Web.Features.Executions;

/// <summary>What the list of executions shows, as it stands in the address.</summary>
public sealed record ExecutionQuery
{
    public const string Path = "/executions";

    private const string WorkflowKey = "workflow";
    private const string AfterKey = "ended_after";
    private const string BeforeKey = "ended_before";

    /// <summary>Text, statuses and page.</summary>
    public ListQuery List { get; init; } = new();

    /// <summary>Id of the one workflow whose executions are shown; null for all.</summary>
    public string? Workflow { get; init; }

    public DateTimeOffset? EndedAfter { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? EndedBefore { get; init; }

    public bool IsByEnd => EndedAfter is not null || EndedBefore is not null;

    public bool IsFiltered => List.IsFiltered || Workflow is not null || IsByEnd;

    public string Href
    {
        get
        {
            Dictionary<string, string?> query = [];
            if (Workflow is not null) query[WorkflowKey] = Workflow;
            if (EndedAfter is { } after) query[AfterKey] = Text(after);
            if (EndedBefore is { } before) query[BeforeKey] = Text(before);
            return QueryHelpers.AddQueryString(List.Href(Path), query);
        }
    }

    /// <param name="address">Absolute, or a path with a query.</param>
    public static ExecutionQuery Read(string address)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(at < 0 ? "" : address[at..].Split('#')[0]);
        return new ExecutionQuery
        {
            List = ListQuery.Read(address, [.. StatusWords.OfExecutions]),
            Workflow = query.TryGetValue(WorkflowKey, out var workflow) && workflow.ToString() is { Length: > 0 } id ? id : null,
            EndedAfter = Instant(AfterKey),
            EndedBefore = Instant(BeforeKey),
        };

        DateTimeOffset? Instant(string key) =>
            query.TryGetValue(key, out var text) && DateTimeOffset.TryParse(text.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }

    /// <summary>What the engine is asked.</summary>
    public ExecutionFilter Filter(int pageSize) => new()
    {
        Search = List.Text,
        Status = List.Statuses.Count == 0 ? null : string.Join(',', List.Statuses),
        WorkflowId = Workflow,
        EndedAfter = EndedAfter,
        EndedBefore = EndedBefore,
        Limit = pageSize,
        Offset = (List.Page - 1) * pageSize,
    };

    public static ExecutionQuery Of(params string[] statuses) => new() { List = new ListQuery { Statuses = statuses } };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
