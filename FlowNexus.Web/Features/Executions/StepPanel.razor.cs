using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions;
using FlowNexus.Web.Features.Executions.Live;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions;

/// <summary>One step: where it stands, who did it and why, attempt by attempt, and what it was given and gave.</summary>
public sealed partial class StepPanel(GetStatus status) : ComponentBase
{
    private const long LargestShown = 2_000_000;
    private const int MostEvents = 100;

    private JsonNode? _output;
    private StepPreview? _preview;
    private string? _read;
    private bool _reading;

    [Parameter, EditorRequired]
    public required LiveExecution Live { get; set; }

    [Parameter, EditorRequired]
    public required StepView Step { get; set; }

    /// <summary>Of this step.</summary>
    [Parameter, EditorRequired]
    public required ExecutionAddress Address { get; set; }

    /// <summary>Of the whole execution.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ArtifactView> Artifacts { get; set; }

    /// <summary>Starts the execution again from what failed; null when that cannot be.</summary>
    [Parameter]
    public Func<Task>? OnRetry { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    private IReadOnlyList<StepAttempt> Attempts => Live.HistoryOf(Step.Name)?.Attempts ?? [];

    /// <summary>The attempt that is looked at.</summary>
    private StepAttempt? Attempt => Attempts.FirstOrDefault(one => one.Number == Address.Attempt) ?? (Attempts is [.., var last] ? last : null);

    private bool IsLast => Attempts.Count == 0 || Attempt == Attempts[^1];

    /// <summary>How many attempts it may have.</summary>
    private int Most => Math.Max(Step.Attempt, 1 + Live.Followed!.Workflow.Plan.Steps[Step.Ordinal].RetryAttempts);

    private List<ArtifactView> Files => [.. Artifacts.Where(file => file.StepName == Step.Name)];

    private JsonObject Written => Live.Followed!.Workflow.Definition.Steps[Step.Ordinal].Source;

    private string LogsHref => (Address with { Tab = "logs", Logs = new LogQuery(Step.Name) }).Href;

    private bool IsFailed => Step.Status is "failed" or "timed_out";

    protected override async Task OnParametersSetAsync()
    {
        var state = $"{Live.Id} {Step.Name} {Step.Status} {Step.Attempt}";
        if (_read == state) return;
        _read = state;
        if (Step.Status != "completed" || Step.OutputBytes is 0 or > LargestShown)
        {
            (_output, _preview) = (null, null);
            return;
        }

        _reading = true;
        var json = await status.BodyAsync(Principal.LocalOwner, Live.Id, Step.Name);
        _output = json is null ? null : JsonNode.Parse(json);
        _preview = StepPreview.TryRead(_output);
        _reading = false;
    }

    private static string Title(string part) => part switch { "output" => "Output", "input" => "Input", "events" => "Events", _ => "Files" };

    private static string Word(StepAttempt attempt, StepView step) => attempt.Outcome ?? step.Status;
}
