using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Web.Features.Executions;

/// <summary>What the page of an execution shows, as it stands in the address: every view of it is a link.</summary>
public sealed record ExecutionAddress
{
    private const string TabKey = "tab";
    private const string StepKey = "step";
    private const string AttemptKey = "attempt";
    private const string PartKey = "part";

    /// <summary>The first is shown when the address names none.</summary>
    public static readonly IReadOnlyList<string> Tabs = ["timeline", "events", "logs", "artifacts", "input"];

    /// <summary>Of the step's panel.</summary>
    public static readonly IReadOnlyList<string> Parts = ["output", "input", "events", "files"];

    public required string ExecutionId { get; init; }

    public string Tab { get; init; } = Tabs[0];

    /// <summary>The step that is looked at; null follows what runs.</summary>
    public string? Step { get; init; }

    /// <summary>The attempt of the step that is looked at; null: the last.</summary>
    public int? Attempt { get; init; }

    public string Part { get; init; } = Parts[0];

    public LogQuery Logs { get; init; } = new();

    public string Href
    {
        get
        {
            Dictionary<string, string?> query = [];
            if (Step is not null) query[StepKey] = Step;
            if (Attempt is { } attempt) query[AttemptKey] = attempt.ToString(CultureInfo.InvariantCulture);
            if (Part != Parts[0]) query[PartKey] = Part;
            if (Tab != Tabs[0]) query[TabKey] = Tab;
            Logs.AddTo(query);
            return QueryHelpers.AddQueryString($"/executions/{ExecutionId}", query);
        }
    }

    /// <param name="address">Absolute.</param>
    public static ExecutionAddress Read(string executionId, string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new ExecutionAddress
        {
            ExecutionId = executionId,
            Tab = Tabs.Contains(Of(TabKey)) ? Of(TabKey)! : Tabs[0],
            Step = Of(StepKey),
            Attempt = int.TryParse(Of(AttemptKey), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : null,
            Part = Parts.Contains(Of(PartKey)) ? Of(PartKey)! : Parts[0],
            Logs = LogQuery.Read(address),
        };

        string? Of(string key) => query.TryGetValue(key, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Another step is looked at from its last attempt on.</summary>
    public ExecutionAddress Of(string? step) => this with { Step = step, Attempt = null };
}
