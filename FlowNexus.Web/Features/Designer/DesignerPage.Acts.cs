using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Features.Designer.Palette;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Features.Designer.Running;
using FlowNexus.Web.Ui.Canvas;
using MudBlazor;

namespace FlowNexus.Web.Features.Designer;

// What people do here, by mouse, key or command.
public sealed partial class DesignerPage
{
    private static readonly DialogOptions RunDialogOptions = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, CloseButton = true };

    private string Version => _session!.BaseVersion == 0 ? "new · " : $"v{_session.BaseVersion} · ";

    private string StateWords => _session!.State switch
    {
        SaveState.Pending => "saving …",
        SaveState.Failed => "not saved",
        _ when !_session.DiffersFromSaved => IsActive && _session.Workflow!.ActiveVersion == _session.BaseVersion ? "active" : _session.Workflow?.Status ?? "saved",
        _ => "draft · saved",
    };

    private string UndoWords => _session!.UndoLabel is { } label ? $"Undo: {label}" : "Nothing to undo";

    private string RedoWords => _session!.RedoLabel is { } label ? $"Redo: {label}" : "Nothing to redo";

    private string ProblemLevel => _problems.Any(problem => problem.IsError) ? "error" : _problems.Count > 0 ? "warning" : "";

    private string ProblemWords => _problems.Count == 1 ? "1 problem" : $"{_problems.Count} problems";

    private async Task Edited(IReadOnlyList<CanvasEdit> edits)
    {
        // A connection dropped on nothing asks which step shall stand there.
        if (edits is [CanvasEdit.AddStep { Type: null } place])
        {
            _place = place;
            _said = "Choose the step to add.";
            await OpenPaletteAsync();
            return;
        }

        var added = new List<string>();
        string? refused = null;
        var label = CanvasEdits.Words(edits);
        Apply(label, document => edits.Aggregate(document, (so, edit) => CanvasEdits.Apply(so, edit, _graph, time.GetUtcNow(), added, why => refused = why)));
        if (refused is not null) Refused(refused);
        await RedrawAsync();
        if (added.Count > 0) _ = InvokeAsync(() => ShowAddedAsync(added, label));
    }

    private async Task Selected(IReadOnlyList<string> ids)
    {
        _selection = ids;
        if (ids.Count == 0) _workflowShown = true;
        await HintAsync();
    }

    private async Task Opened(string id)
    {
        await Selected([id]);
        StateHasChanged();
        if (_keys is not null) await _keys.CallAsync("inspect");
    }

    private async Task OpenPaletteAsync()
    {
        _paletteOpen = true;
        StateHasChanged();
        if (_palette is not null) await _palette.FocusAsync();
    }

    private async Task LeavePalette()
    {
        (_place, _paletteOpen) = (null, false);
        if (_canvas is not null && Step is { } step) await _canvas.FocusAsync(step.Id);
    }

    private void Refused(string why)
    {
        _said = why;
        toasts.Said(why);
    }

    private Task<string> CopyAsync(IReadOnlyList<string> ids) => Task.FromResult(DraftClip.Copy(_session!.Document, [.. ids]));

    private async Task Command(string key)
    {
        switch (key)
        {
            case "undo": _session!.Undo(); break;
            case "redo": _session!.Redo(); break;
            case "save": await SaveVersion(); break;
            case "run": await AskRun(); break;
            case "add-step": await OpenPaletteAsync(); break;
            case "fit": await (_canvas?.FitAsync() ?? Task.CompletedTask); break;
        }

        StateHasChanged();
    }

    private async Task AddStep(PaletteItem item)
    {
        if (_place is { } place)
        {
            _place = null;
            await Edited([place with { Type = item.Word }]);
            _paletteOpen = false;
            return;
        }

        var id = NewId.Step(time.GetUtcNow());
        var after = Step ?? _session!.Document.Steps.LastOrDefault();
        Apply($"add {item.Title.ToLowerInvariant()}", document =>
        {
            var added = document.Add(id, item.Type, item.Stem, DraftPicture.Beside(document, after?.Id, _graph), item.Settings);
            return after is null ? added : added.Connect(after.Id, null, id);
        });
        await ShowAddedAsync([id], $"Added {item.Title}.");
        _paletteOpen = false;
    }

    private async Task ShowAddedAsync(IReadOnlyList<string> ids, string said)
    {
        (_selection, _said) = (ids, said);
        await RedrawAsync();
        StateHasChanged();
        if (_canvas is not null) await _canvas.RevealAsync(ids[0]);
    }

    private Task AddFirst(string type) => AddStep(PaletteItem.All(catalogue).First(item => item.Type == type && item.Settings?["agent_type"] is null));

    private void ShowWorkflow() => (_selection, _workflowShown, _workflowAsked) = ([], true, true);

    // Where there is little room the workflow's settings cover the canvas: the title opens and closes them.
    private void AskWorkflow()
    {
        if (_workflowAsked && _selection.Count == 0) _workflowAsked = false;
        else ShowWorkflow();
    }

    private void CloseInspector() => (_selection, _workflowShown, _workflowAsked) = ([], false, false);

    private void ShowPanel(string panel) => _panel = _panel == panel ? null : panel;

    private Task ShowPanelAsync(string panel)
    {
        _panel = panel;
        return Task.CompletedTask;
    }

    private async Task ShowStep(string id)
    {
        _selection = [id];
        await HintAsync();
        if (_canvas is not null) await _canvas.FocusAsync(id);
    }

    private Task ShowNamed(string name) => _session!.Document.TryFind(name) is { } step && Step?.Id != step.Id ? ShowStep(step.Id) : Task.CompletedTask;

    private async Task ShowProblem(DesignProblem problem)
    {
        if (problem.StepId is { } id)
        {
            _stepTab = problem.Inside.Split('/') is [_, "depends_on" or "join" or "on_error" or "path", ..] ? "flow" : problem.Inside is "/timeout" or "/retry_attempts" ? "reliability" : "settings";
            await ShowStep(id);
            return;
        }

        ShowWorkflow();
        _workflowTab = problem.Inside.StartsWith("/triggers", StringComparison.Ordinal) ? "triggers" : problem.Inside.StartsWith("/input_schema", StringComparison.Ordinal) ? "input" : "workflow";
    }

    private void Settle((DraftConflict Conflict, bool UseMine) choice) => _session!.Settle(choice.Conflict, choice.UseMine);

    private Task Duplicate() => Edited([new CanvasEdit.DuplicateItems(_selection)]);

    private void DeleteSelected() => Apply($"delete {_selection.Count} steps", document => document.Remove([.. _selection]));

    private Task SaveVersion() => PublishAsync(activate: false);

    private Task Activate() => PublishAsync(activate: true);

    private async Task PublishAsync(bool activate)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await _session!.PublishAsync(activate, null);
            toasts.Done(activate ? $"Version {_session.BaseVersion} is active." : $"Version {_session.BaseVersion} is saved.");
            if (IsNew == true) navigation.NavigateTo($"/workflows/{WorkflowId}/design", replace: true);
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.VersionConflict)
        {
            await _session!.ReopenAsync();
            _panel = "problems";
            toasts.Failed(failure.Problem.Message);
        }
        catch (ProblemException failure)
        {
            _panel = "problems";
            toasts.Failed(failure.Problem.Message);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AskRun()
    {
        await RedrawAsync();
        if (_problems.Any(problem => problem.IsError))
        {
            _panel = "problems";
            Refused("It has problems that keep it from running; they are listed below.");
            return;
        }

        var parameters = new DialogParameters<RunDialog> { { dialog => dialog.Session, _session! } };
        var shown = await dialogs.ShowAsync<RunDialog>($"Run {Title}", parameters, RunDialogOptions);
        if (await shown.Result is not { Canceled: false, Data: string executionId }) return;
        _panel = "run";
        await _run!.WatchAsync(executionId);
        StateHasChanged();
    }
}
