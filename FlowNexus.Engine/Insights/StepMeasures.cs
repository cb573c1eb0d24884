using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Insights;

/// <summary>How long each step of one execution waited and took, and which of them its end waited for. Pure.</summary>
internal sealed class StepMeasures
{
    private readonly Dictionary<string, int> _byStepId;
    private readonly StepMeasure[] _measures;
    private readonly HashSet<int> _critical = [];

    private StepMeasures(PreparedWorkflow workflow, StepMeasure[] measures)
    {
        Workflow = workflow;
        _measures = measures;
        _byStepId = new Dictionary<string, int>(workflow.StepIds.Count);
        for (var i = 0; i < workflow.StepIds.Count; i++) _byStepId[workflow.StepIds[i]] = i;
    }

    public PreparedWorkflow Workflow { get; }

    public StepMeasure? TryGet(string stepId) => _byStepId.TryGetValue(stepId, out var ordinal) ? _measures[ordinal] : null;

    public bool IsCritical(string stepId) => _byStepId.TryGetValue(stepId, out var ordinal) && _critical.Contains(ordinal);

    /// <param name="rows">By ordinal; a step that has not begun has none.</param>
    public static StepMeasures Of(PreparedWorkflow workflow, ExecutionRow execution, IReadOnlyDictionary<int, StepRow> rows)
    {
        var graph = workflow.Plan.Graph;
        var measures = new StepMeasures(workflow, [.. Enumerable.Range(0, graph.Steps.Count).Select(ordinal => Measure(rows.GetValueOrDefault(ordinal), Ready(ordinal)))]);

        // Back from the step that ended last, each time to the one that was waited for.
        var last = rows.Values.Where(row => row.FinishedAt is not null && row.StartedAt is not null).OrderBy(row => row.FinishedAt).ThenBy(row => row.Ordinal).LastOrDefault();
        for (var ordinal = last?.Ordinal; ordinal is { } step && measures._critical.Add(step); ordinal = Before(step)) { }
        return measures;

        long? Ready(int ordinal) => graph.Incoming(ordinal).Count == 0 ? execution.StartedAt : graph.Incoming(ordinal).Max(edge => rows.GetValueOrDefault(edge.From)?.FinishedAt);

        int? Before(int ordinal) => graph.Incoming(ordinal).Select(edge => rows.GetValueOrDefault(edge.From)).OfType<StepRow>()
            .Where(row => row.FinishedAt is not null && row.StartedAt is not null).OrderBy(row => row.FinishedAt).LastOrDefault()?.Ordinal;
    }

    private static StepMeasure Measure(StepRow? row, long? ready)
    {
        if (row is null) return new StepMeasure("pending", null, null, 0, null, null, 0);
        double? waited = row.StartedAt is { } started && ready is { } since ? Math.Max(0, started - since) / 1e6 : null;
        double? took = row is { StartedAt: { } from, FinishedAt: { } to } ? (to - from) / 1e6 : null;
        return new StepMeasure(row.Status, waited, took, row.Attempt, row.AgentId, row.Records, row.OutputBytes);
    }
}
