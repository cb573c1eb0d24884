using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Web.Features.Executions;

/// <summary>The steps of an execution as timeline rows, told from its events: every attempt, and since when a step could have run.</summary>
internal static class StepTimeline
{
    public static IReadOnlyList<TimelineRow> Rows(IReadOnlyList<StepView> steps, IReadOnlyList<EventView> events, ExecutionView execution)
    {
        var byStep = events.Where(one => one.StepName is not null).ToLookup(one => one.StepName);
        var finished = steps.Where(step => step.FinishedAt is not null).ToDictionary(step => step.Name, step => step.FinishedAt);
        return [.. steps.Select(step => new TimelineRow(step.Name, step.Status, Ready(step, finished, execution), Attempts(step, byStep[step.Name])))];
    }

    private static DateTimeOffset? Ready(StepView step, Dictionary<string, DateTimeOffset?> finished, ExecutionView execution)
    {
        if (step.Status == "skipped" || execution.StartedAt is null) return null;
        if (step.DependsOn.Count == 0) return execution.StartedAt;
        return step.DependsOn.All(finished.ContainsKey) ? step.DependsOn.Max(name => finished[name]) : null;
    }

    private static List<TimelineAttempt> Attempts(StepView step, IEnumerable<EventView> events)
    {
        List<TimelineAttempt> attempts = [];
        DateTimeOffset? since = null;
        foreach (var one in events)
        {
            if (one.Type == "step_started" || (one.Type == "step_waiting" && Text(one.Details, "wait") == "delay")) since = one.Timestamp;
            else if (Outcome(one.Type) is { } outcome && (since is not null || one.Type is "step_completed" or "step_failed"))
            {
                attempts.Add(new TimelineAttempt(since ?? one.Timestamp, one.Timestamp, outcome));
                since = null;
            }
        }

        if (since is { } running) attempts.Add(new TimelineAttempt(running, null, step.Status));
        return attempts;
    }

    private static string? Outcome(string type) => type switch
    {
        "step_completed" => "completed",
        "step_retrying" or "step_reopened" or "step_failed" or "attempt_lost" => "failed",
        "step_timed_out" => "timed_out",
        "step_cancelled" or "attempt_abandoned" => "cancelled",
        _ => null,
    };

    private static string? Text(JsonNode? details, string name) => details?[name]?.GetValue<string>();
}
