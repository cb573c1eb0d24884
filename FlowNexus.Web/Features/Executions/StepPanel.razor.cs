using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions;

/// <summary>One step: where it stands, who did it and why, what it gave.</summary>
public sealed partial class StepPanel(GetStatus status) : ComponentBase
{
    private const long LargestShown = 2_000_000;

    private JsonNode? _output;
    private StepPreview? _preview;
    private string? _read;
    private bool _reading;

    [Parameter, EditorRequired]
    public required string ExecutionId { get; set; }

    [Parameter, EditorRequired]
    public required StepView Step { get; set; }

    /// <summary>Of the whole execution.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<EventView> Events { get; set; }

    private Chosen? Assigned => Events.LastOrDefault(one => one.Type == "agent_assigned" && one.StepName == Step.Name) is { } one ? Chosen.Of(one) : null;

    protected override async Task OnParametersSetAsync()
    {
        var state = $"{ExecutionId} {Step.Name} {Step.Status} {Step.Attempt}";
        if (_read == state) return;
        _read = state;
        if (Step.Status != "completed" || Step.OutputBytes is 0 or > LargestShown)
        {
            (_output, _preview) = (null, null);
            return;
        }

        _reading = true;
        var json = await status.BodyAsync(Principal.LocalOwner, ExecutionId, Step.Name);
        _output = json is null ? null : JsonNode.Parse(json);
        _preview = StepPreview.TryRead(_output);
        _reading = false;
    }

    private sealed record Chosen(string AgentId, double? Score, string? Reason, IReadOnlyList<Other> Alternatives)
    {
        public static Chosen Of(EventView one)
        {
            var match = one.Details?["match"];
            var others = match?["alternatives"] as JsonArray ?? [];
            return new Chosen(
                one.AgentId ?? "",
                one.Details?["match_score"]?.GetValue<double>(),
                match?["reason"]?.GetValue<string>(),
                [.. others.OfType<JsonObject>().Select(other => new Other(other["agent_id"]?.GetValue<string>() ?? "", other["match_score"]?.GetValue<double>() ?? 0, other["reason"]?.GetValue<string>() ?? ""))]);
        }
    }

    private sealed record Other(string AgentId, double Score, string Reason);
}
