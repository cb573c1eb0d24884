using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Status;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions.Comparing;

/// <summary>Why one execution took longer than another of its workflow.</summary>
public sealed partial class ComparePage(CompareExecutions compare, FindExecutions find, Viewer viewer, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const int MostOthers = 50;
    private const int LongestValue = 200;

    private ExecutionComparison? _shown;
    private IReadOnlyList<ExecutionView> _others = [];
    private Problem? _failure;
    private double _most;
    private string? _read;

    [Parameter]
    public required string ExecutionId { get; set; }

    [SupplyParameterFromQuery(Name = "with")]
    public string? With { get; set; }

    protected override void OnInitialized() => viewer.Changed += ZoneChanged;

    protected override async Task OnParametersSetAsync()
    {
        if (_read == $"{ExecutionId} {With}") return;
        _read = $"{ExecutionId} {With}";
        try
        {
            var shown = await compare.RunAsync(Principal.LocalOwner, ExecutionId, string.IsNullOrEmpty(With) ? null : With);
            _others = [.. (await find.RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = shown.WorkflowId, Limit = MostOthers })).Executions.Where(one => one.Retained && one.ExecutionId != ExecutionId)];
            _most = shown.Steps.Max(step => Math.Abs(step.Difference ?? 0));
            (_shown, _failure) = (shown, null);
        }
        catch (ProblemException failure)
        {
            (_shown, _failure) = (null, failure.Problem);
        }
    }

    public void Dispose() => viewer.Changed -= ZoneChanged;

    private void ZoneChanged(object? sender, EventArgs args) => _ = InvokeAsync(StateHasChanged);

    private void Go(string? other) => navigation.NavigateTo($"/executions/{ExecutionId}/compare?with={Uri.EscapeDataString(other ?? "")}", replace: true);

    private string Words(ExecutionView other) =>
        $"{TimeZoneInfo.ConvertTime(other.CreatedAt, viewer.Zone).ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture)} · {StatusLook.Of(other.Status).Title.ToLowerInvariant()}{(other.Duration is { } seconds ? $" · {Length(seconds)}" : "")}";

    private static string Length(double? seconds) => seconds is { } known ? TimeWords.Duration(TimeSpan.FromSeconds(known)) : "–";

    private static string Measured(StepMeasure? measure) => measure switch
    {
        null => "",
        { Took: { } took, Status: "completed" } => Length(took),
        { Took: { } took } => $"{Length(took)}, {StatusLook.Of(measure.Status).Title.ToLowerInvariant()}",
        _ => StatusLook.Of(measure.Status).Title.ToLowerInvariant(),
    };

    private static string Attempts(StepComparison step) =>
        (step.This?.Attempts, step.Other?.Attempts) is var (mine, theirs) && mine == theirs ? $"{mine}" : $"{mine?.ToString(CultureInfo.InvariantCulture) ?? "–"} / {theirs?.ToString(CultureInfo.InvariantCulture) ?? "–"}";

    private static string Agents(StepComparison step) =>
        (step.This?.AgentId, step.Other?.AgentId) is var (mine, theirs) && mine == theirs ? mine ?? "" : $"{mine ?? "–"} / {theirs ?? "–"}";

    private static string Value(bool isThere, JsonNode? value)
    {
        if (!isThere) return "–";
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
    }
}
