using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Triggers;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Feedback;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>One workflow: its steps, its latest executions, and a form to run it.</summary>
public sealed partial class WorkflowPage(GetWorkflow get, GetTriggers triggers, OpenDraft open, StepCatalogue catalogue, ChangeWorkflowStatus change, PauseWorkflow pause, FindExecutions find, StartExecution start, PastInputs pastInputs, EventFeed feed, TimeProvider time, NavigationManager navigation, IDialogService dialogs, Toasts toasts) : ComponentBase, IDisposable
{
    private const int Latest = 8;
    private WorkflowView? _workflow;
    private WorkflowTriggers? _triggers;
    private int _triggersOf;
    private CanvasGraph _graph = CanvasGraph.Empty;
    private IReadOnlyList<ExecutionView> _executions = [];
    private Problem? _failure;
    private Problem? _runFailure;
    private LiveRefresh? _live;
    private string? _shown;
    private IReadOnlyList<PastInput> _past = [];
    private bool _running;
    private bool _busy;

    [Parameter]
    public required string WorkflowId { get; set; }

    private JsonNode? InputSchema => _workflow?.Definition?["input_schema"];

    private IEnumerable<(int Number, string Name, string? Description, string Kind)> Steps =>
        (_workflow?.Definition?["steps"] as JsonArray ?? []).Select((step, index) => step is JsonObject fields
            ? (index + 1, Text(fields["name"]) ?? "", Text(fields["description"]), string.Join(" · ", new[] { Text(fields["type"]), Text(fields["agent_type"]) }.OfType<string>()))
            : (index + 1, Text(step) ?? "", null, "agent"));

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == WorkflowId) return;
        _shown = WorkflowId;
        _live?.Dispose();
        _running = QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).ContainsKey("run");
        await ReadAsync();
        if (_running) await ReadPastAsync();
        if (RendererInfo.IsInteractive)
            _live = new LiveRefresh(feed, time, TimeSpan.FromMilliseconds(500), row => row.WorkflowId == WorkflowId, _ => false, () => InvokeAsync(RefreshAsync));
    }

    public void Dispose() => _live?.Dispose();

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            var read = await get.RunAsync(Principal.LocalOwner, WorkflowId);
            if (read.Revision != _workflow?.Revision)
            {
                _workflow = read;
                _graph = DraftPicture.Of(await open.VersionAsync(Principal.LocalOwner, WorkflowId, read.Version), [], catalogue);
            }

            if (_triggers is null || read.Revision != _triggersOf || _triggers.Triggers.Any(trigger => trigger.Next is [var next, ..] && next <= time.GetUtcNow()))
                (_triggers, _triggersOf) = (await triggers.RunAsync(Principal.LocalOwner, WorkflowId), read.Revision);
            _executions = (await find.RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = WorkflowId, Limit = Latest })).Executions;
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private async Task ToggleRunAsync()
    {
        _running = !_running;
        if (_running) await ReadPastAsync();
    }

    private async Task ReadPastAsync() => _past = await pastInputs.FindAsync(WorkflowId);

    private async Task RunAsync(JsonObject input)
    {
        _busy = true;
        try
        {
            var started = await start.RunAsync(Principal.LocalOwner, new StartRequest(WorkflowId) { Input = input });
            navigation.NavigateTo($"/executions/{started.Row.Id}");
        }
        catch (ProblemException failure)
        {
            _runFailure = failure.Problem;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task PauseAsync()
    {
        var (agreed, reason) = await dialogs.AskWhyAsync("Pause this workflow?", "Its triggers rest, nothing new of it starts and what is queued waits. What runs goes on.", "Pause it");
        if (agreed) await ActAsync(() => pause.PauseAsync(Principal.LocalOwner, WorkflowId, reason, includeRunning: false), "Paused. Nothing new starts.");
    }

    private Task ResumeAsync() => ActAsync(() => pause.ResumeAsync(Principal.LocalOwner, WorkflowId, null, includeRunning: true), "Resumed.");

    private Task ActivateAsync() => ActAsync(() => change.RunAsync(Principal.LocalOwner, WorkflowId, "active"), "Activated.");

    private async Task ActAsync(Func<Task> act, string done)
    {
        try
        {
            await act();
            toasts.Done(done);
            await ReadAsync();
        }
        catch (ProblemException failure)
        {
            toasts.Failed(failure.Problem.Message);
        }
    }

    private void OpenStep(string id) => navigation.NavigateTo($"/workflows/{WorkflowId}/design?step={Uri.EscapeDataString(id)}");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
