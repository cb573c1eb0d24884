using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>What a step gave, gives when it is tested alone, and is pinned to.</summary>
public sealed partial class StepData(DesignDoors doors, TestStep test) : ComponentBase
{
    private const int LargestPin = 200_000;

    private JsonNode? _output;
    private JsonNode? _tested;
    private Problem? _failure;
    private string? _read;
    private bool _busy;

    [Parameter, EditorRequired]
    public required DesignSession Session { get; set; }

    [Parameter, EditorRequired]
    public required DraftStep Step { get; set; }

    /// <summary>The step in the last execution.</summary>
    [Parameter]
    public StepView? LastRun { get; set; }

    [Parameter]
    public string? ExecutionId { get; set; }

    [Parameter]
    public EventCallback<StepEdit> OnEdit { get; set; }

    private string? Pinned => Session.Document.Pins.GetValueOrDefault(Step.Id);

    protected override async Task OnParametersSetAsync()
    {
        var state = $"{Step.Id} {ExecutionId} {LastRun?.Status}";
        if (_read == state) return;
        if (_read?.StartsWith(Step.Id, StringComparison.Ordinal) != true) (_tested, _failure) = (null, null);
        _read = state;
        var json = LastRun is { Status: "completed", OutputBytes: > 0 and < 2_000_000 } && ExecutionId is { } id ? await doors.Status.BodyAsync(Principal.LocalOwner, id, LastRun.Name) : null;
        _output = json is null ? null : JsonNode.Parse(json);
    }

    private async Task TestAsync()
    {
        _busy = true;
        (_failure, _tested) = (null, null);
        try
        {
            var tested = await test.RunAsync(Principal.LocalOwner, new StepTestRequest(Session.WorkflowId, Step.Name) { Definition = Session.Document.Definition(), ExecutionId = ExecutionId, Pins = Session.PinnedByName() });
            (_tested, _failure) = (tested.Output, tested.Error);
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

    private Task Pin(JsonNode? output)
    {
        var text = CanonicalJson.Write(output);
        if (text.Length > LargestPin)
        {
            _failure = new Problem(ProblemCodes.InvalidRequest, $"The output has {text.Length:N0} characters; at most {LargestPin:N0} can be pinned.");
            return Task.CompletedTask;
        }

        return OnEdit.InvokeAsync(new StepEdit($"pin the output of {Step.Name}", document => document with { Pins = document.Pins.SetItem(Step.Id, text) }));
    }

    private Task Unpin() => OnEdit.InvokeAsync(new StepEdit($"unpin {Step.Name}", document => document with { Pins = document.Pins.Remove(Step.Id) }));
}
