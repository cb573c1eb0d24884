using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Retention;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions;

/// <summary>An execution as every door shows it; the names are the contract's.</summary>
public sealed record ExecutionView
{
    public bool Success { get; } = true;
    public required string ExecutionId { get; init; }
    public required string WorkflowId { get; init; }
    public required string WorkflowName { get; init; }
    public required int Version { get; init; }
    public required string Status { get; init; }
    public required JsonNode Priority { get; init; }
    public required string TriggeredBy { get; init; }
    public required string UserId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>From 1 while queued; null from then on.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>In one sentence, why it has not started yet, or what its first waiting step waits for; null when it does not wait.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>0 to 100.</summary>
    public required double Progress { get; init; }

    public required int StepsTotal { get; init; }
    public required int StepsCompleted { get; init; }

    /// <summary>Name of the step under way; several run in parallel: the first in order.</summary>
    public string? CurrentStep { get; init; }

    /// <summary>Seconds from start to end, or until now.</summary>
    public double? Duration { get; init; }

    /// <summary>Who paused it, when and why; null when it is not paused.</summary>
    public Pause? Paused { get; init; }

    /// <summary>Who is cancelling it while its running steps have their grace; null otherwise.</summary>
    public Pause? Cancelling { get; init; }

    /// <summary>The execution this one is a retry of.</summary>
    public string? RetryOf { get; init; }

    /// <summary>Steps that gave a pinned output instead of being run; null when there are none. In a list of executions it is empty where there are some.</summary>
    public IReadOnlyList<string>? PinnedSteps { get; init; }

    public required double CreditsUsed { get; init; }
    public Problem? Error { get; init; }

    /// <summary>The execution whose step started this one.</summary>
    public string? ParentExecutionId { get; init; }

    /// <summary>False when it ended so long ago that only this summary is left: steps, input and outputs are gone.</summary>
    public required bool Retained { get; init; }

    /// <summary>The trace it belongs to; null when nobody traces it.</summary>
    public string? TraceId { get; init; }

    /// <summary>Outputs of the last steps by name; only on the answer of an execution that was waited for.</summary>
    public JsonObject? Output { get; init; }
}

/// <summary>Where an execution stands in its queue, and why it waits there.</summary>
public readonly record struct QueueStanding(QueuePlace? Place, string? Reason);

/// <summary>Makes views from rows.</summary>
internal static class ExecutionViews
{
    public static ExecutionView Of(ExecutionRow row, string workflowName, PreparedWorkflow? workflow, IEnumerable<StepRow?> steps, QueueStanding standing, DateTimeOffset now) => new()
    {
        ExecutionId = row.Id,
        WorkflowId = row.WorkflowId,
        WorkflowName = workflowName,
        Version = row.Version,
        Status = row.Status,
        Priority = Workflows.Priority.TryParse(row.PriorityText, out var priority) ? priority.ToJson() : JsonValue.Create(row.Priority),
        TriggeredBy = row.TriggeredBy,
        UserId = row.UserId,
        TraceId = row.Trace is { } trace ? trace.Split('-')[1] : null,
        CreatedAt = UnixMicros.Read(row.CreatedAt),
        StartedAt = UnixMicros.Read(row.StartedAt),
        FinishedAt = UnixMicros.Read(row.FinishedAt),
        EstimatedCompletion = Estimate(row, workflow, now),
        QueuePosition = row.Status == "queued" ? standing.Place?.Position : null,
        WaitingReason = standing.Reason,
        Progress = Math.Floor(row.Progress * 100),
        StepsTotal = row.StepsTotal,
        StepsCompleted = row.StepsCompleted,
        CurrentStep = Current(row, workflow, steps),
        Duration = Duration(row, now),
        Paused = Mark(row, ControlKind.Pause),
        Cancelling = Mark(row, ControlKind.Cancel),
        RetryOf = row.RetryOf,
        PinnedSteps = Pins.PinnedOutputs.Names(row.Pins),
        CreditsUsed = row.CreditsMicro / 1e6,
        ParentExecutionId = row.ParentId,
        Retained = IsRetained(row),
        Error = row.Error is null ? null : JsonSerializer.Deserialize<Problem>(row.Error, ProblemJson.Options),
    };

    /// <summary>As in a list: a row that makes no sense says so itself and hides no other.</summary>
    public static ExecutionView Listed(ExecutionRow row, string workflowName, IEnumerable<StepRow?> steps, Func<ExecutionRow, string, QueueStanding> standing, DateTimeOffset now)
    {
        try
        {
            return Of(row, workflowName, null, steps, standing(row, workflowName), now);
        }
        catch (Exception damage) when (damage is JsonException or ProblemException { Problem.Code: ProblemCodes.ExecutionDamaged })
        {
            var legible = row.Copy();
            (legible.Status, legible.Control, legible.Error) = ("failed", null, null);
            return Of(legible, workflowName, null, [], default, now) with { Error = (damage as ProblemException)?.Problem ?? new Problem(ProblemCodes.ExecutionDamaged, $"What is stored of this execution is damaged: {damage.Message}") };
        }
    }

    public static bool IsRetained(ExecutionRow row) => !((Pruned)row.Pruned).HasFlag(Pruned.Rows);

    public static double? Duration(ExecutionRow row, DateTimeOffset now) =>
        row.StartedAt is { } started ? Math.Round(((row.FinishedAt ?? UnixMicros.Of(now)) - started) / 1e6, 3) : null;

    /// <summary>Outputs of completed steps that no completed step follows.</summary>
    public static JsonObject Output(PreparedWorkflow workflow, IEnumerable<StepRow?> steps, ArtifactStore artifacts)
    {
        var completed = steps.OfType<StepRow>().Where(step => step.Status == "completed").ToDictionary(step => step.Ordinal);
        var output = new JsonObject();
        foreach (var (ordinal, step) in completed.OrderBy(pair => pair.Key))
        {
            if (workflow.Plan.Graph.Followers(ordinal).Any(completed.ContainsKey)) continue;
            var json = step.OutputArtifact is { } id ? artifacts.ReadBody(id) : step.Output;
            output[step.Name] = json is null ? null : JsonNode.Parse(json);
        }

        return output;
    }

    private static Pause? Mark(ExecutionRow row, ControlKind kind) =>
        ExecutionRows.Control(row.Control) is { } control && control.Kind == kind ? new Pause(control.By, control.Reason, control.At) : null;

    private static string? Current(ExecutionRow row, PreparedWorkflow? workflow, IEnumerable<StepRow?> steps)
    {
        if (StatusWords.Execution(row.Status).IsTerminal()) return null;
        var active = steps.OfType<StepRow>().Where(step => step.Status is "in_progress" or "waiting").OrderBy(step => step.Ordinal).FirstOrDefault();
        return active?.Name ?? (row.Status == "queued" || workflow is null ? null : workflow.Definition.Steps.ElementAtOrDefault(row.StepsCompleted)?.Name) ?? workflow?.Definition.Steps[0].Name;
    }

    /// <summary>From the declared durations of what is left; moves as steps finish.</summary>
    private static DateTimeOffset? Estimate(ExecutionRow row, PreparedWorkflow? workflow, DateTimeOffset now)
    {
        if (workflow is null || StatusWords.Execution(row.Status).IsTerminal()) return null;
        var left = workflow.Plan.Steps.Sum(step => step.Weight) * (1 - row.Progress) / Math.Max(1, Math.Min(workflow.Plan.MaxConcurrent, 4));
        return UnixMicros.Truncate(now + TimeSpan.FromSeconds(left));
    }
}
