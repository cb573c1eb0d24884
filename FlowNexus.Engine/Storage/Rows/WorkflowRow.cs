namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One workflow. Counters are rollups kept in the commits of its executions, so they survive pruning.</summary>
public sealed class WorkflowRow
{
    public required string Id { get; set; }
    public required string Name { get; set; }
    public string? Description { get; set; }

    /// <summary>draft, active, paused or archived.</summary>
    public required string Status { get; set; }

    public required string Priority { get; set; }
    public string? Metadata { get; set; }
    public int LatestVersion { get; set; }
    public int? ActiveVersion { get; set; }

    /// <summary>Grows with every change; what <c>ETag</c> and <c>If-Match</c> carry.</summary>
    public int Revision { get; set; }

    public string? Warnings { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public long ExecutionsCount { get; set; }
    public long CompletedCount { get; set; }
    public long FailedCount { get; set; }

    /// <summary>Sum over completed executions, in microseconds.</summary>
    public long CompletedDuration { get; set; }

    public long CreditsMicro { get; set; }
    public long? LastExecutedAt { get; set; }
}

/// <summary>One immutable version of a workflow.</summary>
public sealed class VersionRow
{
    public required string WorkflowId { get; set; }
    public int Version { get; set; }

    /// <summary>The definition as canonical JSON, exactly as given.</summary>
    public required string Definition { get; set; }

    /// <summary>JSON object from step name to stable step id.</summary>
    public required string StepIds { get; set; }

    /// <summary>SHA-256 of the definition, lower-case hexadecimal.</summary>
    public required string Hash { get; set; }

    public string? Reason { get; set; }
    public required string CreatedBy { get; set; }
    public long CreatedAt { get; set; }

    /// <summary>Where its steps stand on the canvas, as JSON; null when nobody drew it.</summary>
    public string? Layout { get; set; }

    /// <summary><c>yaml</c> or <c>json</c> when somebody wrote it by hand.</summary>
    public string? TextFormat { get; set; }

    /// <summary>What they wrote, with its comments.</summary>
    public string? Text { get; set; }
}
