using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Features.Executions.Live;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Feedback;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace FlowNexus.Web.Features.Executions;

/// <summary>One execution, live on the drawing of its workflow: where it stands, when each step waited and ran, what it gave.</summary>
public sealed partial class ExecutionPage(
    LiveExecutions watching,
    GetStatus status,
    ControlExecution control,
    StartExecution start,
    RetryExecution retry,
    TimeProvider time,
    NavigationManager navigation,
    IDialogService dialogs,
    Toasts toasts) : ComponentBase, IDisposable
{
    // Marks on the canvas go out as they come; all else may be some readings old.
    private const int ReadingsPerDrawing = 12;

    // Who follows shall be able to read what is shown.
    private static readonly TimeSpan Dwell = TimeSpan.FromSeconds(2);

    private LiveWatch? _watch;
    private Paced? _drawing;
    private FlowCanvas? _canvas;
    private ExecutionAddress _address = new() { ExecutionId = "" };
    private IReadOnlyList<ArtifactView> _artifacts = [];
    private IReadOnlyCollection<string> _selection = [];
    private JsonNode? _input;
    private Problem? _failure;
    private string? _selected;
    private string? _revealed;
    private string? _shown;
    private bool _busy;
    private long _chosenAt;

    [Parameter]
    public required string ExecutionId { get; set; }

    private LiveExecution Live => _watch!.Live;

    private ExecutionView Execution => Live.Execution!;

    private bool HasEnded => Live.HasEnded;

    private bool Follows => _address.Step is null && !HasEnded;

    private TimeSpan? Length => Execution is { StartedAt: { } started, FinishedAt: { } finished } ? finished - started : null;

    private bool CanRetry => HasEnded && Execution is { Retained: true } and not { Status: "completed" };

    /// <summary>The step that is looked at says the same as the execution would.</summary>
    private bool IsToldByTheStep => Live.TryGet(_selected)?.Error is { } error && error.Code == Execution.Error?.Code && error.Message == Execution.Error.Message;

    private IEnumerable<(string Tab, string Title, int? Count)> Tabs =>
        [("timeline", "Timeline", null), ("events", "Events", Live.EventCount), ("logs", "Logs", null), ("artifacts", "Artifacts", _artifacts.Count), ("input", "Input", null)];

    private string? Note => Execution switch
    {
        { WaitingReason: { } reason } => reason,
        { Status: "running", StartedAt: { } since } when Live.Followed!.UsualLength is { } usual => Left(usual - (time.GetUtcNow() - since), usual),
        { Status: "waiting" } => Live.Steps.FirstOrDefault(step => step.WaitingFor is not null) is { } step ? $"{step.Name} waits for its {step.WaitingFor}" : null,
        _ => $"{Execution.StepsCompleted} of {Execution.StepsTotal} steps",
    };

    protected override void OnInitialized()
    {
        navigation.LocationChanged += Moved;
        _drawing = new Paced(time, TimeSpan.Zero, () => InvokeAsync(DrawAsync));
    }

    protected override async Task OnParametersSetAsync()
    {
        _address = ExecutionAddress.Read(ExecutionId, navigation.Uri);
        if (_shown == ExecutionId) return;
        _shown = ExecutionId;
        _watch?.Dispose();
        (_watch, _input, _failure, _selected, _revealed) = (null, null, null, null, null);
        try
        {
            var watch = await watching.WatchAsync(ExecutionId, Changed);
            if (_shown != watch.Live.Id)
            {
                watch.Dispose();
                return;
            }

            _watch = watch;
            _artifacts = await watch.Live.ArtifactsAsync();
            await LookAsync();
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    public void Dispose()
    {
        _shown = null;
        navigation.LocationChanged -= Moved;
        _watch?.Dispose();
        _drawing?.Dispose();
    }

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (_watch is null || new Uri(args.Location).AbsolutePath != $"/executions/{ExecutionId}") return;
        _address = ExecutionAddress.Read(ExecutionId, args.Location);
        await LookAsync();
        StateHasChanged();
    });

    private void Changed(LiveChange change) => _ = InvokeAsync(() => ShowAsync(change));

    private async Task ShowAsync(LiveChange change)
    {
        if (_watch is null) return;
        _ = _canvas?.SetStatusesAsync(change.Marks);
        _drawing!.Pause = ReadingsPerDrawing * change.Pace;
        if (change.IsRead && HasEnded) await DrawAsync();
        else if (change.IsRead) _drawing.Signal();
        else if (Follows) await FollowAsync();
    }

    private async Task FollowAsync()
    {
        var before = _selected;
        await LookAsync();
        if (_selected != before) StateHasChanged();
    }

    private async Task DrawAsync()
    {
        if (_watch is null) return;
        try
        {
            _artifacts = await Live.ArtifactsAsync();
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }

        await LookAsync();
        StateHasChanged();
    }

    /// <summary>At the step of the address, or at what runs.</summary>
    private async Task LookAsync()
    {
        var before = _selected;
        _selected = Live.TryGet(_address.Step)?.Name ?? Choose();
        if (_selected != before)
        {
            _chosenAt = time.GetTimestamp();
            _selection = Live.TryGet(_selected) is { } step ? [step.StepId] : [];
        }

        await RevealAsync();
        if (_address.Tab == "input" && _input is null && Execution.Retained) _input = await InputAsync();
    }

    /// <summary>Who follows has what runs in sight.</summary>
    private async Task RevealAsync()
    {
        if (!Follows || _revealed == _selected || _canvas is not { IsReady: true } canvas || Live.TryGet(_selected) is not { } step) return;
        _revealed = _selected;
        await canvas.RevealAsync(step.StepId);
    }

    /// <summary>What runs, as long as it does; at the end what failed, else what was last.</summary>
    private string? Choose()
    {
        if (!HasEnded && Live.TryGet(_selected) is { } looked && (looked.Status == "in_progress" || time.GetElapsedTime(_chosenAt) < Dwell)) return _selected;
        return ((HasEnded ? null : Live.Steps.FirstOrDefault(step => step.Status == "in_progress") ?? Live.Steps.FirstOrDefault(step => step.Status == "waiting"))
            ?? Live.Steps.FirstOrDefault(step => step.Status is "failed" or "timed_out")
            ?? Live.Steps.LastOrDefault(step => step.Status == "completed")
            ?? (Live.Steps is [var first, ..] ? first : null))?.Name;
    }

    private async Task<JsonNode?> InputAsync() => await status.BodyAsync(Principal.LocalOwner, ExecutionId, null) is { } json ? JsonNode.Parse(json) : null;

    private void Go(ExecutionAddress address) => navigation.NavigateTo(address.Href, replace: true);

    private void Select(string step) => Go(_address.Of(step));

    private void SelectBox(IReadOnlyList<string> ids)
    {
        if (ids is [var id] && Live.NameOf(id) is { } step && step != _address.Step) Select(step);
    }

    private void ToggleFollow() => Go(_address.Of(Follows ? _selected : null));

    private async Task PauseAsync()
    {
        var (agreed, reason) = await dialogs.AskWhyAsync("Pause this execution?", "What runs finishes; nothing new starts.", "Pause it");
        if (agreed) await ActAsync(() => control.PauseAsync(Principal.LocalOwner, ExecutionId, reason), "Paused. What runs finishes; nothing new starts.");
    }

    private async Task ResumeAsync()
    {
        if (!await dialogs.ConfirmAsync("Resume this execution?", "Steps whose turn has come start at once.", "Resume it", "Leave it paused")) return;
        await ActAsync(() => control.ResumeAsync(Principal.LocalOwner, ExecutionId), "Resumed.");
    }

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
            var started = await start.RunAsync(Principal.LocalOwner, new StartRequest(Execution.WorkflowId) { Input = await InputAsync() });
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

    private static string Left(TimeSpan left, TimeSpan usual) => left > TimeSpan.Zero
        ? $"about {TimeWords.Duration(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(left.TotalSeconds))))} left"
        : $"longer than usual: half of those before took at most {TimeWords.Duration(usual)}";
}
