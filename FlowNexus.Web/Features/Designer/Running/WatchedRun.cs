using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Web.Features.Designer.Running;

/// <summary>The execution whose steps the designer's canvas shows, live while it runs.</summary>
public sealed class WatchedRun(EventFeed feed, GetStatus status, TimeProvider time, Func<Task> changed) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private LiveRefresh? _live;
    private bool _colours;

    public string? ExecutionId { get; private set; }

    public ExecutionView? Execution { get; private set; }

    public IReadOnlyList<StepView> Steps { get; private set; } = [];

    public bool HasEnded => Execution?.FinishedAt is not null;

    /// <param name="stepId">It outlives a rename after the execution.</param>
    public StepView? TryGet(string stepId) => Steps.FirstOrDefault(step => step.StepId == stepId);

    /// <summary>Knows the last execution, for its data, without colouring the canvas by it.</summary>
    public async Task FindLatestAsync(FindExecutions find, string workflowId)
    {
        var latest = (await find.RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = workflowId, Limit = 1 })).Executions;
        if (latest.Count == 0) return;
        ExecutionId = latest[0].ExecutionId;
        await ReadAsync();
    }

    public async Task WatchAsync(string executionId)
    {
        _live?.Dispose();
        (ExecutionId, _colours) = (executionId, true);
        await ReadAsync();
        _live = new LiveRefresh(feed, time, Pause, row => row.ExecutionId == executionId, progress => progress.ExecutionId == executionId, RefreshAsync);
        await RefreshAsync();
    }

    public IReadOnlyList<CanvasStatus> Statuses => !_colours ? [] : [.. Steps.Select(step => new CanvasStatus
    {
        Id = step.StepId,
        Status = step.Status,
        Text = step.Duration is { } seconds ? TimeWords.Duration(TimeSpan.FromSeconds(seconds)) : null,
        Attempt = step.Attempt > 1 ? step.Attempt : null,
    })];

    public void Dispose() => _live?.Dispose();

    private async Task RefreshAsync()
    {
        await ReadAsync();
        await changed();
    }

    private async Task ReadAsync()
    {
        try
        {
            Execution = (await status.RunAsync(Principal.LocalOwner, ExecutionId!, includeMetrics: false, includeOutput: false)).Execution;
            Steps = await status.StepsAsync(Principal.LocalOwner, ExecutionId!);
        }
        catch (ProblemException)
        {
            // Retention took it: there is nothing to show.
            (Execution, Steps) = (null, []);
        }
    }
}
