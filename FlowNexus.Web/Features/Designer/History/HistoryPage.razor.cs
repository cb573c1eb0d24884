using System.Globalization;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Feedback;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Features.Designer.History;

/// <summary>Every version of a workflow, what each changed, and the way back.</summary>
public sealed partial class HistoryPage(GetWorkflow get, RestoreVersion restore, StepCatalogue catalogue, NavigationManager navigation, IDialogService dialogs, Toasts toasts) : ComponentBase
{
    private WorkflowView? _workflow;
    private IReadOnlyList<WorkflowVersionView> _versions = [];
    private Problem? _failure;
    private CanvasGraph _graph = CanvasGraph.Empty;
    private DraftDiff? _diff;
    private int _from;
    private int _to;
    private bool _busy;

    [Parameter]
    public required string WorkflowId { get; set; }

    [SupplyParameterFromQuery]
    public int? From { get; set; }

    [SupplyParameterFromQuery]
    public int? To { get; set; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        try
        {
            _workflow = await get.RunAsync(Principal.LocalOwner, WorkflowId);
            _versions = await get.VersionsAsync(Principal.LocalOwner, WorkflowId);
            _to = To is { } to && _versions.Any(version => version.Version == to) ? to : _workflow.Version;
            _from = From is { } from && from >= 0 && from <= _workflow.Version ? from : _to - 1;
            var compared = await restore.CompareAsync(Principal.LocalOwner, WorkflowId, _from, _to);
            _diff = compared.Diff;
            _graph = DiffPicture.Of(compared, catalogue);
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private string Address(int from, int to) => string.Create(CultureInfo.InvariantCulture, $"/workflows/{WorkflowId}/history?from={from}&to={to}");

    private void Go(ChangeEventArgs args, int other, bool from)
    {
        if (!int.TryParse(args.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var chosen)) return;
        navigation.NavigateTo(from ? Address(chosen, other) : Address(other, chosen), replace: true);
    }

    private async Task RestoreAsync(int version)
    {
        var active = _workflow!.ActiveVersion is { } running ? $" Executions go on starting on version {running} until you activate it." : "";
        if (!await dialogs.ConfirmAsync($"Restore version {version}?", $"It becomes version {_workflow.Version + 1}; nothing is lost.{active}", "Restore")) return;
        _busy = true;
        try
        {
            var row = await restore.RunAsync(Principal.LocalOwner, WorkflowId, version);
            toasts.Done($"Version {version} is back as version {row.LatestVersion}.");
            navigation.NavigateTo(Address(row.LatestVersion - 1, row.LatestVersion));
        }
        catch (ProblemException failure)
        {
            toasts.Failed(failure.Problem.Message);
        }
        finally
        {
            _busy = false;
        }

        await ReadAsync();
    }
}
