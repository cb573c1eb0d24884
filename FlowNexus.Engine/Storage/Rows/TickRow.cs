namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One due moment of a schedule. Its key makes a tick start at most one execution, whatever fires it and how often.</summary>
public sealed class TickRow
{
    public required string WorkflowId { get; set; }

    /// <summary>Stable within the workflow: hash of cron and time zone.</summary>
    public required string TriggerKey { get; set; }

    public long DueAt { get; set; }

    /// <summary>started, skipped (missed, by policy) or refused (with the code in <see cref="Note"/>).</summary>
    public required string Outcome { get; set; }

    public string? ExecutionId { get; set; }
    public string? Note { get; set; }
    public long RecordedAt { get; set; }
}
