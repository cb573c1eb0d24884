using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Workflows;

/// <summary>A workflow as every door shows it; the names are the contract's.</summary>
public sealed record WorkflowView
{
    public bool Success { get; } = true;
    public required string WorkflowId { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string Status { get; init; }
    public required JsonNode Priority { get; init; }

    /// <summary>Who paused it, when and why; null when it is not paused.</summary>
    public Pauses.Pause? Paused { get; init; }

    /// <summary>What is really on for this workflow.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>As people say it: <c>15-30 minutes</c>.</summary>
    public required string EstimatedExecutionTime { get; init; }

    public required double EstimatedSeconds { get; init; }

    /// <summary><c>declared</c> or <c>history</c>.</summary>
    public required string EstimateBasis { get; init; }

    public required int Version { get; init; }
    public int? ActiveVersion { get; init; }
    public required int Revision { get; init; }
    public JsonNode? Metadata { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required IReadOnlyList<ProblemDetail> Warnings { get; init; }

    /// <summary>The definition exactly as it was given; absent in lists.</summary>
    public JsonNode? Definition { get; init; }
}

/// <summary>One row of the list of workflows.</summary>
public sealed record WorkflowListItem
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string Status { get; init; }
    public required JsonNode Priority { get; init; }
    public JsonNode? Metadata { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long ExecutionsCount { get; init; }
    public DateTimeOffset? LastExecuted { get; init; }

    /// <summary>Percent of completed among completed and failed; cancelled ones count as neither. Null before the first.</summary>
    public double? SuccessRate { get; init; }

    /// <summary>Seconds, over completed executions; null before the first.</summary>
    public double? AverageDuration { get; init; }
}

/// <summary>Makes views from rows.</summary>
internal static class WorkflowViews
{
    public static WorkflowView Of(WorkflowRow row, WorkflowDefinition definition, PreparedWorkflow? prepared, bool withDefinition)
    {
        var (low, high, seconds, basis) = Estimate(row, prepared);
        return new WorkflowView
        {
            WorkflowId = row.Id,
            Name = row.Name,
            Description = row.Description,
            Status = row.Status,
            Priority = definition.Priority.ToJson(),
            Features = Features(definition),
            EstimatedExecutionTime = Range(low, high),
            EstimatedSeconds = seconds,
            EstimateBasis = basis,
            Version = row.LatestVersion,
            ActiveVersion = row.ActiveVersion,
            Revision = row.Revision,
            Metadata = row.Metadata is null ? null : JsonNode.Parse(row.Metadata),
            CreatedAt = UnixMicros.Read(row.CreatedAt),
            UpdatedAt = UnixMicros.Read(row.UpdatedAt),
            Warnings = row.Warnings is null ? [] : JsonSerializer.Deserialize<ProblemDetail[]>(row.Warnings, ProblemJson.Options) ?? [],
            Definition = withDefinition ? definition.Source.DeepClone() : null,
        };
    }

    public static WorkflowListItem Item(WorkflowRow row)
    {
        var ended = row.CompletedCount + row.FailedCount;
        return new WorkflowListItem
        {
            Id = row.Id,
            Name = row.Name,
            Description = row.Description,
            Status = row.Status,
            Priority = Priority.TryParse(row.Priority, out var priority) ? priority.ToJson() : JsonValue.Create(row.Priority),
            Metadata = row.Metadata is null ? null : JsonNode.Parse(row.Metadata),
            Version = row.LatestVersion,
            CreatedAt = UnixMicros.Read(row.CreatedAt),
            UpdatedAt = UnixMicros.Read(row.UpdatedAt),
            ExecutionsCount = row.ExecutionsCount,
            LastExecuted = UnixMicros.Read(row.LastExecutedAt),
            SuccessRate = ended == 0 ? null : Math.Round(100.0 * row.CompletedCount / ended, 1),
            AverageDuration = row.CompletedCount == 0 ? null : Math.Round(row.CompletedDuration / 1e6 / row.CompletedCount, 3),
        };
    }

    private static IReadOnlyList<string> Features(WorkflowDefinition definition)
    {
        List<string> features = ["message_queues", "audit_trail"];
        if (definition.Steps.Any(step => step.Type == PreparedWorkflow.AgentType)) features.Add("agent_assignment");
        features.Add("real_time_monitoring");
        return features;
    }

    private static (double Low, double High, double Seconds, string Basis) Estimate(WorkflowRow row, PreparedWorkflow? prepared)
    {
        if (row.CompletedCount > 0)
        {
            var average = row.CompletedDuration / 1e6 / row.CompletedCount;
            return (average * 0.75, average * 1.5, Math.Round(average, 3), "history");
        }

        var declared = prepared?.Plan.Steps.Sum(step => step.Weight) ?? 0;
        return (declared * 0.5, declared * 2, declared, "declared");
    }

    private static string Range(double low, double high) => high switch
    {
        < 1 => "under a second",
        < 90 => $"{Whole(low)}-{Whole(high)} seconds",
        < 5400 => $"{Whole(low / 60)}-{Whole(high / 60)} minutes",
        _ => $"{Whole(low / 3600)}-{Whole(high / 3600)} hours",
    };

    private static int Whole(double value) => (int)Math.Max(1, Math.Round(value));
}
