using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Features.Designer.Inspector;
using FlowNexus.Web.Features.Designer.Palette;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Features.Designer.Running;
using FlowNexus.Web.Shell.Bar;
using FlowNexus.Web.Shell.Commands;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Feedback;
using FlowNexus.Web.Ui.Forms;
using FlowNexus.Web.Ui.Icons;
using FlowNexus.Web.Ui.Pages;
using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace FlowNexus.Web.Features.Designer;

/// <summary>Where a workflow is drawn, run and published.</summary>
public sealed partial class DesignerPage(
    DesignDoors doors, SaveWorkflow validator, StepCatalogue catalogue, AgentDirectory agents, FindWorkflows workflows, CommandList commands,
    EventFeed feed, GetStatus status, TimeProvider time, NavigationManager navigation, IDialogService dialogs, Toasts toasts, IJSRuntime script)
    : ComponentBase, IAsyncDisposable
{
    private DesignSession? _session;
    private Problem? _failure;
    private FlowCanvas? _canvas;
    private StepPalette? _palette;
    private ElementReference _root;
    private ScriptPart<DesignerPage>? _keys;
    private IDisposable? _added;
    private CanvasGraph _graph = CanvasGraph.Empty;
    private IReadOnlyList<DesignProblem> _problems = [];
    private IReadOnlyList<string> _selection = [];
    private IReadOnlyList<CanvasStatus> _statuses = [];
    private IReadOnlyList<NamedSchema> _schemas = [];
    private FormHints _hints = new();
    private IReadOnlyList<string> _agentTypes = [];
    private IReadOnlyList<NamedChoice> _workflowNames = [];
    private WatchedRun? _run;
    private string? _panel;
    private string _stepTab = "settings";
    private string _workflowTab = "workflow";
    private string _said = "";
    private bool _workflowShown = true;
    private bool _workflowAsked;
    private bool _paletteOpen;
    private bool _busy;
    private string? _opened;
    private DraftDocument? _drawn;
    private Task _drawing = Task.CompletedTask;
    private CanvasEdit.AddStep? _place;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public string? WorkflowId { get; set; }

    /// <summary>The step to begin with.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public string? FirstStep { get; set; }

    /// <summary>The workflow does not exist yet.</summary>
    [SupplyParameterFromQuery(Name = "new")]
    public bool? IsNew { get; set; }

    private string Title => _session!.Document.Name.Length > 0 ? _session.Document.Name : "Unnamed workflow";

    private IReadOnlyList<Crumb> Above => _session?.Workflow is { } workflow
        ? [new Crumb("Workflows", "/workflows"), new Crumb(workflow.Name, $"/workflows/{workflow.Id}")]
        : [new Crumb("Workflows", "/workflows")];

    private IReadOnlyList<PanelTab> Panels => [new("problems", $"Problems {_problems.Count + _session!.Conflicts.Count}"), new("run", "Last run"), new("outline", "Outline"), new("code", "Code")];

    private DraftStep? Step => _selection.Count == 1 ? _session!.Document.TryGet(_selection[0]) : null;

    private bool Inspecting => _workflowShown || _selection.Count > 0;

    private bool IsActive => _session!.Workflow?.Status == "active";

    private bool CanActivate => _session!.Document.Steps.Count > 0 && (!IsActive || _session.DiffersFromSaved || _session.Workflow!.ActiveVersion != _session.Workflow.LatestVersion);

    private IReadOnlyList<DesignProblem> OfWorkflow => [.. _problems.Where(problem => problem.StepId is null)];

    protected override async Task OnParametersSetAsync()
    {
        if (WorkflowId is null)
        {
            if (RendererInfo.IsInteractive) navigation.NavigateTo($"/workflows/{doors.Open.NewId()}/design?new=true", replace: true);
            return;
        }

        // Drawing begins with the circuit; what is rendered before is the frame alone.
        if (!RendererInfo.IsInteractive || _opened == WorkflowId) return;
        _opened = WorkflowId;
        try
        {
            _session?.Dispose();
            _session = await DesignSession.OpenAsync(WorkflowId, IsNew == true, doors.Open, doors.Save, doors.Publish, doors.Feed, time, InvokeAsync);
            _session.Changed += OnChanged;
            await LearnAsync();
            await RedrawAsync();
            if (FirstStep is { } first && _session.Document.TryGet(first) is not null) _selection = [first];
            _run = new WatchedRun(feed, status, time, () => InvokeAsync(OnRunChangedAsync));
            await _run.FindLatestAsync(doors.Find, WorkflowId);
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_session is null || _keys is not null) return;
        _keys = new ScriptPart<DesignerPage>(script, this, "./Features/Designer/DesignerPage.razor.js", "listen");
        if (!await _keys.StartAsync(_root)) return;
        _added = commands.Add(
            Act("Run this workflow", Glyph.Play, AskRun), Act("Save a version", Glyph.Check, SaveVersion), Act("Activate", Glyph.CheckCircle, Activate),
            Act("Tidy the layout", Glyph.Dashboard, () => _canvas!.AutoLayoutAsync()), Act("Show problems", Glyph.Warning, () => ShowPanelAsync("problems")),
            Act("Show the code", Glyph.Code, () => ShowPanelAsync("code")), Act("Show the outline", Glyph.Queue, () => ShowPanelAsync("outline")));
    }

    [JSInvokable]
    public Task Pressed(string key) => Command(key);

    public async ValueTask DisposeAsync()
    {
        _added?.Dispose();
        _run?.Dispose();
        if (_keys is not null) await _keys.DisposeAsync();
        if (_session is not null)
        {
            _session.Changed -= OnChanged;
            await _session.FlushAsync();
            _session.Dispose();
        }
    }

    private Command Act(string title, string icon, Func<Task> run) => new(title, "This workflow", icon, async () =>
    {
        await run();
        StateHasChanged();
    });

    private void OnChanged(object? sender, EventArgs args) => _ = InvokeAsync(async () =>
    {
        await RedrawAsync();
        StateHasChanged();
    });

    private async Task LearnAsync()
    {
        _agentTypes = [.. (await agents.AllAsync()).Select(agent => agent.Type).Distinct().Order(StringComparer.Ordinal)];
        _workflowNames = [.. (await workflows.RunAsync(Principal.LocalOwner, new WorkflowFilter { Limit = 200 })).Workflows.Select(workflow => new NamedChoice(workflow.Id, workflow.Name))];
        _schemas = [.. catalogue.Types.OrderBy(type => type.Title, StringComparer.Ordinal).Select(type => new NamedSchema(type.Name, type.Title, type.SettingsSchema))];
    }

    /// <summary>The picture and the problems of the document as it is now.</summary>
    private Task RedrawAsync()
    {
        // An edit is told and waited for: both wait for the one drawing.
        var document = _session!.Document;
        if (ReferenceEquals(document, _drawn)) return _drawing;
        _drawn = document;
        return _drawing = DrawAsync(document);
    }

    private async Task DrawAsync(DraftDocument document)
    {
        var read = await validator.ValidateAsync(Principal.LocalOwner, document.Definition());
        if (!ReferenceEquals(document, _session!.Document)) return;
        _problems = DesignProblem.Of(read, document);
        _graph = DraftPicture.Of(document, _problems, catalogue);
        _selection = [.. _selection.Where(id => _graph.Boxes.Any(box => box.Id == id))];
        await HintAsync();
    }

    /// <summary>What the selected step can use.</summary>
    private async Task HintAsync() =>
        _hints = await doors.HintsAsync(_session!, Step, _run?.ExecutionId) with { AgentTypes = _agentTypes, Workflows = _workflowNames };

    private async Task OnRunChangedAsync()
    {
        _statuses = _run?.Statuses ?? [];
        StateHasChanged();
        if (_run?.HasEnded == true) await HintAsync();
    }

    private bool Apply(string label, Func<DraftDocument, DraftDocument> edit, string? key = null) => _session!.Apply(label, edit, key);

    private void Edit(StepEdit edit) => Apply(edit.Label, edit.Edit, edit.Key);

    private IReadOnlyList<DesignProblem> OfStep(string id) => [.. _problems.Where(problem => problem.StepId == id)];

    private async Task BeforeLeaving(LocationChangingContext context)
    {
        if (_session is null) return;
        await _session.FlushAsync();
        if (_session.State == SaveState.Failed && !await dialogs.ConfirmAsync("Leave without saving?", _session.SaveFailure ?? "The last edits are not stored.", "Leave", "Stay", destroys: true)) context.PreventNavigation();
    }
}
