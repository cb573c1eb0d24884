using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>The steps of an execution as timeline rows: every attempt, and since when a step could have run.</summary>
internal static class StepTimeline
{
    public static IReadOnlyList<TimelineRow> Rows(LiveExecution live)
    {
        var finished = new Dictionary<string, DateTimeOffset>(live.Steps.Count);
        foreach (var step in live.Steps)
            if (step.FinishedAt is { } at) finished[step.Name] = at;
        return [.. live.Steps.Select(step => new TimelineRow(step.Name, step.Status, Ready(step, finished, live.Execution!), Attempts(step, live.HistoryOf(step.Name))))];
    }

    private static DateTimeOffset? Ready(StepView step, Dictionary<string, DateTimeOffset> finished, ExecutionView execution)
    {
        if (step.Status == "skipped" || execution.StartedAt is null) return null;
        if (step.DependsOn.Count == 0) return execution.StartedAt;
        return step.DependsOn.All(finished.ContainsKey) ? step.DependsOn.Max(name => finished[name]) : null;
    }

    private static List<TimelineAttempt> Attempts(StepView step, StepHistory? history) =>
        [.. (history?.Attempts ?? []).Select(attempt => new TimelineAttempt(attempt.StartedAt, attempt.EndedAt, attempt.Outcome ?? step.Status))];
}
