using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows.Drafts;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>What one who watches an execution asks again and again: where it stands, and those of its steps that have changed. No bodies are read.</summary>
public sealed class FollowExecution(EngineDatabase database, WorkflowVersions versions, WaitingReasons reasons, TimeProvider time)
{
    private const int MostBefore = 200;
    private const int LeastKnown = 3;
    private const int MostKnown = 20;

    /// <summary>What does not change while it runs.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<FollowedExecution> OpenAsync(Principal principal, string executionId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await RowAsync(context, executionId);
        var layout = await context.Versions.Where(one => one.WorkflowId == row.WorkflowId && one.Version == row.Version).Select(one => one.Layout).FirstOrDefaultAsync();
        return new FollowedExecution(await versions.GetAsync(row.WorkflowId, row.Version), DraftLayout.Read(layout), await UsualLengthAsync(context, row));
    }

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<ExecutionView> SummaryAsync(Principal principal, string executionId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await RowAsync(context, executionId);
        var name = await context.Workflows.Where(one => one.Id == row.WorkflowId).Select(one => one.Name).FirstOrDefaultAsync() ?? row.WorkflowId;
        var active = await context.Steps.Where(step => step.ExecutionId == executionId && (step.Status == "in_progress" || step.Status == "waiting")).OrderBy(step => step.Ordinal).Select(WithoutBodies.Step).Take(MostBefore).ToListAsync();
        var view = ExecutionViews.Of(row, name, await versions.GetAsync(row.WorkflowId, row.Version), active, row.Status == "queued" ? await reasons.StandingAsync(row, name) : default, time.GetUtcNow());
        var waiting = active.Where(step => step is { Status: "waiting", Wait: "agent" }).Select(step => step.TaskId).ToList();
        if (view.WaitingReason is not null || waiting.Count == 0) return view;
        var tasks = await reasons.TasksAsync(waiting);
        return view with { WaitingReason = active.Select(step => step.TaskId is { } task ? tasks.GetValueOrDefault(task)?.WaitingReason : null).FirstOrDefault(reason => reason is not null) };
    }

    /// <param name="names">Null for all.</param>
    /// <returns>In the order of the version; none when they are retained no more.</returns>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<IReadOnlyList<StepView>> StepsAsync(Principal principal, string executionId, IReadOnlyCollection<string>? names = null)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await RowAsync(context, executionId);
        if (!ExecutionViews.IsRetained(row)) return [];
        var workflow = await versions.GetAsync(row.WorkflowId, row.Version);
        var steps = context.Steps.Where(step => step.ExecutionId == executionId);
        var tasks = context.Tasks.Where(task => task.ExecutionId == executionId);
        var ordinals = names?.Select(workflow.Ordinal).OfType<int>().Distinct().Order().ToList();
        if (ordinals is not null)
        {
            steps = steps.Where(step => ordinals.Contains(step.Ordinal));
            tasks = tasks.Where(task => ordinals.Contains(task.Ordinal));
        }

        var rows = await steps.Select(WithoutBodies.Step).ToDictionaryAsync(step => step.Ordinal);
        var work = await tasks.ToDictionaryAsync(task => task.Ordinal);
        return [.. (ordinals ?? Enumerable.Range(0, workflow.Definition.Steps.Count)).Select(ordinal => StepView.Of(workflow.Definition.Steps[ordinal], workflow, ordinal, rows.GetValueOrDefault(ordinal), work.GetValueOrDefault(ordinal)))];
    }

    private static async Task<ExecutionRow> RowAsync(FlowNexusDbContext context, string executionId) =>
        await context.Executions.Where(row => row.Id == executionId).Select(WithoutBodies.Execution).FirstOrDefaultAsync() ?? throw GetStatus.NotFound(executionId);

    /// <summary>Half of the last executions of the same version that completed took at most so long; null when there are too few to say.</summary>
    private static async Task<TimeSpan?> UsualLengthAsync(FlowNexusDbContext context, ExecutionRow execution)
    {
        var before = await context.Executions.Where(row => row.WorkflowId == execution.WorkflowId && row.Id.CompareTo(execution.Id) < 0)
            .OrderByDescending(row => row.Id).Take(MostBefore).Select(row => new { row.Version, row.Status, row.StartedAt, row.FinishedAt }).ToListAsync();
        var lengths = before.Where(row => row is { Status: "completed", StartedAt: not null, FinishedAt: not null } && row.Version == execution.Version)
            .Take(MostKnown).Select(row => row.FinishedAt!.Value - row.StartedAt!.Value).Order().ToList();
        return lengths.Count < LeastKnown ? null : TimeSpan.FromMicroseconds(lengths[lengths.Count / 2]);
    }
}

/// <param name="Layout">Where its steps stand on the canvas, as far as somebody placed them.</param>
/// <param name="UsualLength">Measured on the executions of the same version before it; null when there are too few.</param>
public sealed record FollowedExecution(PreparedWorkflow Workflow, DraftLayout Layout, TimeSpan? UsualLength);
