using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Where an execution stands, step by step.</summary>
public sealed record StatusView
{
    public bool Success { get; } = true;
    public required string ExecutionId { get; init; }
    public required string WorkflowId { get; init; }
    public required string Status { get; init; }

    /// <summary>0 to 100; 100 only on success.</summary>
    public required double Progress { get; init; }

    public CurrentStepView? CurrentStep { get; init; }
    public required IReadOnlyList<CurrentStepView> CurrentSteps { get; init; }
    public required IReadOnlyList<EndedStepView> CompletedSteps { get; init; }
    public required IReadOnlyList<EndedStepView> FailedSteps { get; init; }
    public required IReadOnlyList<EndedStepView> SkippedSteps { get; init; }
    public required IReadOnlyList<PendingStepView> PendingSteps { get; init; }
    public MetricsView? Metrics { get; init; }

    /// <summary>False when only the summary is left: no steps are listed, whatever there were.</summary>
    public required bool Retained { get; init; }

    /// <summary>The same facts as the answer of execute.</summary>
    public required ExecutionView Execution { get; init; }
}

/// <summary>A step under way, or waiting for an agent, a retry or a timer.</summary>
public sealed record CurrentStepView(string Name, string Status, DateTimeOffset? StartedAt, string? AgentId, double Progress, string? TaskId, int Attempt, string? WaitingFor, DateTimeOffset? DueAt)
{
    /// <summary>While it waits for an agent: in one sentence, why.</summary>
    public string? WaitingReason { get; init; }
}

/// <param name="Duration">Seconds from the first attempt's start to the end.</param>
public sealed record EndedStepView(string Name, string Status, double Duration, string? AgentId, string OutputSize, long OutputBytes, long? RecordsProcessed, string? TaskId, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, Problem? Error);

public sealed record PendingStepView(string Name, string Status, DateTimeOffset? EstimatedStart, string? TaskId);

/// <param name="TotalExecutionTime">Seconds.</param>
public sealed record MetricsView(double TotalExecutionTime, double CreditsUsed, string DataProcessed, long BytesProcessed, int AgentSwitches);

/// <summary>Shows one execution.</summary>
public sealed class GetStatus
{
    private readonly EngineDatabase _database;
    private readonly WorkflowVersions _versions;
    private readonly WaitingReasons _reasons;
    private readonly ArtifactStore _artifacts;
    private readonly TimeProvider _time;

    public GetStatus(EngineDatabase database, WorkflowVersions versions, WaitingReasons reasons, ArtifactStore artifacts, TimeProvider time)
    {
        _database = database;
        _versions = versions;
        _reasons = reasons;
        _artifacts = artifacts;
        _time = time;
    }

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<StatusView> RunAsync(Principal principal, string executionId, bool includeMetrics, bool includeOutput = false)
    {
        principal.Demand(Permission.Read);
        await using var context = _database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId) ?? throw NotFound(executionId);
        var name = await context.Workflows.Where(x => x.Id == row.WorkflowId).Select(x => x.Name).FirstOrDefaultAsync() ?? row.WorkflowId;
        var workflow = await _versions.GetAsync(row.WorkflowId, row.Version);
        var rows = await context.Steps.Where(x => x.ExecutionId == executionId).OrderBy(x => x.Ordinal).ToListAsync();
        var tasks = await context.Tasks.Where(x => x.ExecutionId == executionId).ToDictionaryAsync(x => x.Ordinal, x => x.Id);
        var standing = await _reasons.StandingAsync(row, name);
        var now = _time.GetUtcNow();
        var execution = ExecutionViews.Of(row, name, workflow, rows, standing, now);
        if (includeOutput && execution.Retained && StatusWords.Execution(row.Status).IsTerminal()) execution = execution with { Output = ExecutionViews.Output(workflow, rows, _artifacts) };
        var waiting = await _reasons.TasksAsync(rows.Where(step => step is { Status: "waiting", Wait: "agent" }).Select(step => step.TaskId));
        var current = rows.Where(step => step.Status is "in_progress" or "waiting").Select(step => Current(step) with { WaitingReason = step.TaskId is { } task ? waiting.GetValueOrDefault(task)?.WaitingReason : null }).ToList();
        execution = execution with { WaitingReason = execution.WaitingReason ?? current.Find(step => step.WaitingReason is not null)?.WaitingReason };
        return new StatusView
        {
            ExecutionId = row.Id,
            WorkflowId = row.WorkflowId,
            Status = row.Status,
            Progress = execution.Progress,
            CurrentStep = current.FirstOrDefault(),
            CurrentSteps = current,
            CompletedSteps = Ended(rows, "completed"),
            FailedSteps = [.. Ended(rows, "failed"), .. Ended(rows, "timed_out"), .. Ended(rows, "cancelled")],
            SkippedSteps = Ended(rows, "skipped"),
            PendingSteps = Pending(row, workflow, rows, tasks, now),
            Metrics = includeMetrics ? new MetricsView(execution.Duration ?? 0, row.CreditsMicro / 1e6, ByteSize.Format(row.BytesProcessed), row.BytesProcessed, row.AgentSwitches) : null,
            Retained = execution.Retained,
            Execution = execution,
        };
    }

    /// <summary>The steps of an execution in the order of its version, each with what it was given and what it gave; none when they are retained no more.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<IReadOnlyList<StepView>> StepsAsync(Principal principal, string executionId)
    {
        principal.Demand(Permission.Read);
        await using var context = _database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId) ?? throw NotFound(executionId);
        if (!ExecutionViews.IsRetained(row)) return [];
        var workflow = await _versions.GetAsync(row.WorkflowId, row.Version);
        var rows = await context.Steps.Where(x => x.ExecutionId == executionId).ToDictionaryAsync(x => x.Ordinal);
        var tasks = await context.Tasks.Where(x => x.ExecutionId == executionId).ToDictionaryAsync(x => x.Ordinal);
        return [.. workflow.Definition.Steps.Select((step, ordinal) => StepView.Of(step, workflow, ordinal, rows.GetValueOrDefault(ordinal), tasks.GetValueOrDefault(ordinal)))];
    }

    /// <summary>The input of an execution, or the output of one of its steps, as JSON text.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, EXECUTION_EXPIRED, NOT_FOUND, FORBIDDEN.</exception>
    public async Task<string?> BodyAsync(Principal principal, string executionId, string? stepName)
    {
        principal.Demand(Permission.Read);
        await using var context = _database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId) ?? throw NotFound(executionId);
        if (!ExecutionViews.IsRetained(row)) throw Expired(row);
        if (stepName is null) return row.InputArtifact is { } input ? _artifacts.ReadBody(input) : row.Input;
        var step = await context.Steps.FirstOrDefaultAsync(x => x.ExecutionId == executionId && x.Name == stepName);
        return step is null ? null : step.OutputArtifact is { } output ? _artifacts.ReadBody(output) : step.Output;
    }

    internal static ProblemException NotFound(string executionId) => new(ProblemCodes.ExecutionNotFound, $"There is no execution \"{executionId}\". List the executions to find its id.");

    internal static ProblemException Expired(ExecutionRow row) => new(ProblemCodes.ExecutionExpired,
        $"Of the execution {row.Id} only the summary is left: steps, input and outputs are kept for FlowNexus:Retention:ExecutionsDays after the end. Run the workflow again, with its input.");

    private static CurrentStepView Current(StepRow step) => new(
        step.Name,
        step.Status,
        UnixMicros.Read(step.AttemptStartedAt ?? step.StartedAt),
        step.AgentId,
        Math.Floor(step.Progress * 100),
        step.TaskId,
        step.Attempt,
        step.Wait == "none" ? null : step.Wait,
        UnixMicros.Read(step.DueAt));

    private static EndedStepView[] Ended(List<StepRow> rows, string status) => [.. rows.Where(step => step.Status == status).Select(step => new EndedStepView(
        step.Name,
        step.Status,
        StepView.Seconds(step),
        step.AgentId,
        ByteSize.Format(step.OutputBytes),
        step.OutputBytes,
        step.Records,
        step.TaskId,
        step.Attempt,
        UnixMicros.Read(step.StartedAt),
        UnixMicros.Read(step.FinishedAt),
        ExecutionRows.Problem(step.Error)))];

    /// <summary>Estimated starts follow the graph: a step starts when the last of those before it ends.</summary>
    private static PendingStepView[] Pending(ExecutionRow row, PreparedWorkflow workflow, List<StepRow> rows, Dictionary<int, string> tasks, DateTimeOffset now)
    {
        if (StatusWords.Execution(row.Status).IsTerminal()) return [];
        var known = rows.ToDictionary(step => step.Ordinal);
        var ends = new DateTimeOffset?[row.StepsTotal];
        List<PendingStepView> pending = [];
        for (var ordinal = 0; ordinal < row.StepsTotal; ordinal++)
        {
            if (known.TryGetValue(ordinal, out var step) && step.Status != "pending") continue;
            var start = workflow.Plan.Graph.Incoming(ordinal).Select(edge => End(edge.From)).DefaultIfEmpty(now).Max();
            pending.Add(new PendingStepView(workflow.Definition.Steps[ordinal].Name, "pending", UnixMicros.Truncate(start), tasks.GetValueOrDefault(ordinal)));
        }

        return [.. pending];

        DateTimeOffset End(int ordinal)
        {
            if (ends[ordinal] is { } end) return end;
            var weight = TimeSpan.FromSeconds(workflow.Plan.Steps[ordinal].Weight);
            ends[ordinal] = known.TryGetValue(ordinal, out var step) && step.FinishedAt is not null ? now
                : step is { Status: "in_progress" } ? now + (weight * (1 - step.Progress))
                : workflow.Plan.Graph.Incoming(ordinal).Select(edge => End(edge.From)).DefaultIfEmpty(now).Max() + weight;
            return ends[ordinal]!.Value;
        }
    }
}

/// <summary>One step of an execution.</summary>
public sealed record StepView
{
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? Description { get; init; }
    public string? AgentType { get; init; }
    public required int Ordinal { get; init; }
    public required string StepId { get; init; }
    public required IReadOnlyList<string> DependsOn { get; init; }
    public required string Status { get; init; }
    public string? WaitingFor { get; init; }

    /// <summary>Of a step that waits for a signal: its name.</summary>
    public string? Signal { get; init; }

    public required int Attempt { get; init; }
    public required double Progress { get; init; }
    public string? AgentId { get; init; }
    public string? TaskId { get; init; }

    /// <summary>The execution it started; those of a loop's items are among its iterations.</summary>
    public string? ChildExecutionId { get; init; }

    /// <summary>Of a loop: items that have ended, and all of them.</summary>
    public int? ItemsDone { get; init; }
    public int? ItemsTotal { get; init; }

    /// <summary>The targets its branches took; null for a step that does not branch.</summary>
    public IReadOnlyList<string>? Branches { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Seconds; null until it ended.</summary>
    public double? Duration { get; init; }

    public required long OutputBytes { get; init; }
    public long? RecordsProcessed { get; init; }
    public Problem? Error { get; init; }

    internal static StepView Of(Workflows.StepDefinition step, PreparedWorkflow workflow, int ordinal, StepRow? row, TaskRow? task) => new()
    {
        Name = step.Name,
        Type = step.Type,
        Description = step.Description,
        AgentType = step.AgentType,
        Ordinal = ordinal,
        StepId = workflow.StepIds[ordinal],
        DependsOn = workflow.DirectDependencies[ordinal],
        Status = row?.Status ?? "pending",
        WaitingFor = row is null or { Wait: "none" } ? null : row.Wait,
        Signal = workflow.Plan.Steps[ordinal].Signal,
        Attempt = row?.Attempt ?? 0,
        Progress = Math.Floor((row?.Progress ?? 0) * 100),
        AgentId = row?.AgentId ?? task?.BoundAgentId,
        TaskId = task?.Id,
        ChildExecutionId = row?.ChildId,
        ItemsDone = ExecutionRows.Loop(row?.Loop)?.Done,
        ItemsTotal = ExecutionRows.Loop(row?.Loop)?.Count,
        Branches = row is null || workflow.Definition.Steps[ordinal] is { Conditions.Count: 0, Switch: null } ? null : Workflows.BranchTargets.Split(row.Branch),
        StartedAt = UnixMicros.Read(row?.StartedAt),
        FinishedAt = UnixMicros.Read(row?.FinishedAt),
        DueAt = UnixMicros.Read(row?.DueAt),
        Duration = row?.FinishedAt is null ? null : Seconds(row),
        OutputBytes = row?.OutputBytes ?? 0,
        RecordsProcessed = row?.Records,
        Error = ExecutionRows.Problem(row?.Error),
    };

    internal static double Seconds(StepRow row) => row is { StartedAt: { } started, FinishedAt: { } finished } ? Math.Round((finished - started) / 1e6, 3) : 0;
}
