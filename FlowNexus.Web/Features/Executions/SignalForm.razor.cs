using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Actions;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions;

/// <summary>Sends the signal that a step waits for.</summary>
public sealed partial class SignalForm(SendSignal send, Toasts toasts) : ComponentBase
{
    private string _json = "{}";
    private string? _failure;
    private bool _busy;

    [Parameter, EditorRequired]
    public required string ExecutionId { get; set; }

    [Parameter, EditorRequired]
    public required string Signal { get; set; }

    private async Task SendAsync()
    {
        _failure = null;
        _busy = true;
        try
        {
            var data = _json.Trim().Length == 0 ? null : JsonNode.Parse(_json);
            var sent = await send.RunAsync(Principal.LocalOwner, new SignalRequest(ExecutionId, Signal, data));
            toasts.Done(sent.Step is { } step ? $"{step} goes on with the signal." : $"The signal was {sent.Outcome}.");
        }
        catch (JsonException failure)
        {
            _failure = $"The data is no valid JSON: {failure.Message}";
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem.Message;
        }
        finally
        {
            _busy = false;
        }
    }
}
