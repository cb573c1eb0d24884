using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Charts;
using FlowNexus.Web.Ui.Feedback;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace FlowNexus.Web.Features.Executions;

/// <summary>One execution, live: where it stands, when each step waited and ran, what it gave.</summary>
public sealed partial class ExecutionPage(
    GetStatus status,
    GetAuditTrail audit,
    GetArtifact artifacts,
    ControlExecution control,
    StartExecution start,
    RetryExecution retry,
    EventFeed feed,
    TimeProvider time,
    NavigationManager navigation,
    IDialogService dialogs,
    Toasts toasts) : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<EventView> _events = [];
    private StatusView? _status;
    private IReadOnlyList<StepView> _steps = [];
    private IReadOnlyList<TimelineRow> _timeline = [];
    private IReadOnlyList<ArtifactView> _artifacts = [];
    private JsonNode? _input;
    private Problem? _failure;
    private LiveRefresh? _live;
    private string? _selected;
    private string _tab = "events";
    private LogQuery _logs = new();
    private string? _shown;
    private bool _busy;

    [Parameter]
    public required string ExecutionId { get; set; }

    private ExecutionView Execution => _status!.Execution;

    private bool HasEnded => Execution.FinishedAt is not null;

    private TimeSpan? Length => Execution is { StartedAt: { } started, FinishedAt: { } finished } ? finished - started : null;

    private StepView? SelectedStep => _steps.FirstOrDefault(step => step.Name == _selected);

    private IEnumerable<(string Tab, string Title, int? Count)> Tabs => [("events", "Events", _events.Count), ("logs", "Logs", null), ("artifacts", "Artifacts", _artifacts.Count), ("input", "Input", null)];

    private string? Note => Execution switch
    {
        { WaitingReason: { } reason } => reason,
        { Status: "running", EstimatedCompletion: { } at } => $"about {TimeWords.Duration(Whole(at - time.GetUtcNow()))} left",
        { Status: "waiting" } => _steps.FirstOrDefault(step => step.WaitingFor is not null) is { } step ? $"{step.Name} waits for its {step.WaitingFor}" : null,
        _ => $"{Execution.StepsCompleted} of {Execution.StepsTotal} steps",
    };

    protected override void OnInitialized() => navigation.LocationChanged += Moved;

    protected override async Task OnParametersSetAsync()
    {
        ReadAddress(navigation.Uri);
        if (_shown == ExecutionId) return;
        _shown = ExecutionId;
        _live?.Dispose();
        _events.Clear();
        _input = null;
        await ReadAsync();
        if (RendererInfo.IsInteractive)
            _live = new LiveRefresh(feed, time, Pause, row => row.ExecutionId == ExecutionId, progress => progress.ExecutionId == ExecutionId, () => InvokeAsync(RefreshAsync));
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
    }

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        ReadAddress(args.Location);
        StateHasChanged();
    });

    private void ReadAddress(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        _tab = query.TryGetValue("tab", out var tab) ? tab.ToString() : "events";
        if (query.TryGetValue("step", out var step)) _selected = step.ToString();
        _logs = LogQuery.Read(address);
    }

    private string Href(string tab, string? step)
    {
        Dictionary<string, string?> query = [];
        if (step is not null) query["step"] = step;
        if (tab != "events") query["tab"] = tab;
        _logs.AddTo(query);
        return QueryHelpers.AddQueryString($"/executions/{ExecutionId}", query);
    }

    private void Show(LogQuery logs)
    {
        _logs = logs;
        navigation.NavigateTo(Href(_tab, _selected), replace: true);
    }

    private void Select(string step) => navigation.NavigateTo(Href(_tab, step), replace: true);

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _status = await status.RunAsync(Principal.LocalOwner, ExecutionId, includeMetrics: true);
            _steps = await status.StepsAsync(Principal.LocalOwner, ExecutionId);
            await ReadEventsAsync();
            _artifacts = await artifacts.OfExecutionAsync(Principal.LocalOwner, ExecutionId);
            if (Execution.Retained) _input ??= await status.BodyAsync(Principal.LocalOwner, ExecutionId, null) is { } json ? JsonNode.Parse(json) : null;
            _timeline = StepTimeline.Rows(_steps, _events, Execution);
            _selected ??= Choose();
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private async Task ReadEventsAsync()
    {
        AuditTrail page;
        do
        {
            page = await audit.RunAsync(Principal.LocalOwner, new AuditFilter { ExecutionId = ExecutionId, Cursor = _events.Count > 0 ? _events[^1].Position : null, Limit = GetAuditTrail.MaxLimit });
            _events.AddRange(page.Events);
        }
        while (page.NextCursor is not null);
    }

    /// <summary>A failed execution opens on the step that failed, a running one on what runs.</summary>
    private string? Choose() =>
        (_steps.FirstOrDefault(step => step.Status is "failed" or "timed_out")
            ?? _steps.FirstOrDefault(step => step.Status is "in_progress")
            ?? (HasEnded ? _steps.LastOrDefault(step => step.Status == "completed") : null)
            ?? (_steps.Count > 0 ? _steps[0] : null))?.Name;

    private async Task PauseAsync()
    {
        var (agreed, reason) = await dialogs.AskWhyAsync("Pause this execution?", "What runs finishes; nothing new starts.", "Pause it");
        if (agreed) await ActAsync(() => control.PauseAsync(Principal.LocalOwner, ExecutionId, reason), "Paused. What runs finishes; nothing new starts.");
    }

    private Task ResumeAsync() => ActAsync(() => control.ResumeAsync(Principal.LocalOwner, ExecutionId), "Resumed.");

    private async Task CancelAsync()
    {
        if (!await dialogs.ConfirmAsync("Cancel this execution?", "Running steps are told to stop; what they report after their grace is discarded. Steps that have completed keep their results.", "Cancel it", "Keep it running", destroys: true)) return;
        await ActAsync(() => control.CancelAsync(Principal.LocalOwner, ExecutionId, null), "Cancelled. Running steps are told to stop.");
    }

    private Task RetryAsync() => ActAsync(
        async () =>
        {
            var started = await retry.RunAsync(Principal.LocalOwner, new RetryRequest(ExecutionId));
            navigation.NavigateTo($"/executions/{started.Row.Id}");
        },
        "Started again; completed steps keep their results.");

    private Task RunAgainAsync() => ActAsync(
        async () =>
        {
            var started = await start.RunAsync(Principal.LocalOwner, new StartRequest(Execution.WorkflowId) { Input = _input?.DeepClone() });
            navigation.NavigateTo($"/executions/{started.Row.Id}");
        },
        "Started again with the same input.");

    private async Task ActAsync(Func<Task> act, string done)
    {
        _busy = true;
        try
        {
            await act();
            toasts.Done(done);
        }
        catch (ProblemException failure)
        {
            toasts.Failed(failure.Problem.Message);
        }
        finally
        {
            _busy = false;
        }
    }

    private static TimeSpan Whole(TimeSpan left) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(left.TotalSeconds)));
}
