using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Insights;

/// <summary>Puts two executions of one workflow side by side: what waited and ran longer, and why.</summary>
public sealed class CompareExecutions(EngineDatabase database, WorkflowVersions versions, GetStatus status)
{
    private const long LargestInput = 256 * 1024;
    private const int MostBefore = 200;

    /// <param name="otherId">Null: the last execution before it that completed.</param>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; EXECUTION_EXPIRED; INVALID_REQUEST when they are of different workflows, or there is none to compare with; FORBIDDEN.</exception>
    public async Task<ExecutionComparison> RunAsync(Principal principal, string executionId, string? otherId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var here = await RowAsync(context, executionId);
        var there = await RowAsync(context, otherId ?? await BeforeAsync(context, here));
        if (there.Id == here.Id) throw Wrong("An execution cannot be compared with itself. Choose another one of its workflow.");
        if (there.WorkflowId != here.WorkflowId) throw Wrong("Only executions of the same workflow can be compared: these two are of different ones.");
        var mine = await MeasureAsync(context, here);
        var theirs = await MeasureAsync(context, there);
        var steps = Steps(mine, theirs);
        var differences = await InputsAsync(principal, here, there);
        var (one, other) = (Side(here), Side(there));
        var (words, step) = ComparisonSummary.Of(one, other, steps, differences is { Count: > 0 });
        return new ExecutionComparison
        {
            WorkflowId = here.WorkflowId,
            WorkflowName = await context.Workflows.Where(row => row.Id == here.WorkflowId).Select(row => row.Name).FirstOrDefaultAsync() ?? here.WorkflowId,
            This = one,
            Other = other,
            Summary = words,
            MainStep = step,
            Steps = steps,
            InputDifferences = differences,
        };
    }

    private async Task<StepMeasures> MeasureAsync(FlowNexusDbContext context, ExecutionRow row)
    {
        if (!ExecutionViews.IsRetained(row)) throw GetStatus.Expired(row);
        var rows = await context.Steps.Where(step => step.ExecutionId == row.Id).Select(WithoutBodies.Step).ToDictionaryAsync(step => step.Ordinal);
        return StepMeasures.Of(await versions.GetAsync(row.WorkflowId, row.Version), row, rows);
    }

    private static List<StepComparison> Steps(StepMeasures mine, StepMeasures theirs)
    {
        List<StepComparison> steps = [];
        foreach (var side in new[] { mine, theirs })
        {
            for (var i = 0; i < side.Workflow.StepIds.Count; i++)
            {
                var (step, id) = (side.Workflow.Definition.Steps[i], side.Workflow.StepIds[i]);
                var (one, other) = (mine.TryGet(id), theirs.TryGet(id));

                // What both have came with the first.
                if (side == mine || one is null) steps.Add(new StepComparison(step.Name, id, step.Type, one, other, Difference(one, other), mine.IsCritical(id)));
            }
        }

        return steps;
    }

    /// <summary>What did not run took no time.</summary>
    private static double? Difference(StepMeasure? one, StepMeasure? other)
    {
        if (IsOpen(one) || IsOpen(other)) return null;
        return (one?.Total ?? 0) - (other?.Total ?? 0);
    }

    private static bool IsOpen(StepMeasure? measure) => measure is { Status: "in_progress" or "waiting" };

    private async Task<IReadOnlyList<InputDifference>?> InputsAsync(Principal principal, ExecutionRow here, ExecutionRow there)
    {
        if (here.InputBytes > LargestInput || there.InputBytes > LargestInput) return null;
        return InputDifferences.Of(Parse(await status.BodyAsync(principal, here.Id, null)), Parse(await status.BodyAsync(principal, there.Id, null)));
    }

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);

    private static ComparedExecution Side(ExecutionRow row) => new(
        row.Id,
        row.Version,
        row.Status,
        row.TriggeredBy,
        UnixMicros.Read(row.CreatedAt),
        row.StartedAt is { } started ? Math.Max(0, started - row.CreatedAt) / 1e6 : null,
        row is { StartedAt: { } from, FinishedAt: { } to } ? (to - from) / 1e6 : null,
        row.InputBytes);

    private static async Task<string> BeforeAsync(FlowNexusDbContext context, ExecutionRow row)
    {
        var before = await context.Executions.Where(other => other.WorkflowId == row.WorkflowId && other.Id.CompareTo(row.Id) < 0)
            .OrderByDescending(other => other.Id).Select(other => new { other.Id, other.Status, other.Pruned }).Take(MostBefore).ToListAsync();
        return before.Find(other => other is { Status: "completed", Pruned: 0 })?.Id ?? before.Find(other => other.Pruned == 0)?.Id
            ?? throw Wrong("There is no earlier execution of this workflow to compare with. Name one with \"with\".");
    }

    private static async Task<ExecutionRow> RowAsync(FlowNexusDbContext context, string id) =>
        await context.Executions.Where(row => row.Id == id).Select(WithoutBodies.Execution).FirstOrDefaultAsync() ?? throw GetStatus.NotFound(id);

    private static ProblemException Wrong(string message) => new(ProblemCodes.InvalidRequest, message);
}
