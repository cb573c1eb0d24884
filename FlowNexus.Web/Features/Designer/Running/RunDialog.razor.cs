using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Features.Workflows;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Features.Designer.Running;

/// <summary>Runs what is drawn, with an input of the viewer's choice.</summary>
public sealed partial class RunDialog(DesignDoors doors, PastInputs inputs) : ComponentBase
{
    private IReadOnlyList<PastInput> _past = [];
    private Problem? _failure;
    private bool _busy;
    private bool _usePins = true;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required DesignSession Session { get; set; }

    protected override async Task OnInitializedAsync() => _past = await inputs.FindAsync(Session.WorkflowId);

    private async Task RunAsync(JsonObject input)
    {
        _busy = true;
        try
        {
            if (Session.DiffersFromSaved) await Session.PublishAsync(activate: false, "to run it");
            var request = new StartRequest(Session.WorkflowId) { Input = input, Version = Session.BaseVersion, Pins = _usePins ? Session.PinnedByName() : null };
            var started = await doors.Start.RunAsync(Principal.LocalOwner, request);
            Dialog.Close(DialogResult.Ok(started.Row.Id));
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
        finally
        {
            _busy = false;
        }
    }
}
