namespace FlowNexus.Engine.Storage.Rows;

/// <summary>A moment something is due. Survives restarts; the pump of a node claims due rows.</summary>
public sealed class TimerRow
{
    public required string ExecutionId { get; set; }

    /// <summary>step_timeout, retry, delay, execution_timeout, cancel_grace, queue_delay or queue_ttl.</summary>
    public required string Kind { get; set; }

    /// <summary>-1 for the whole execution.</summary>
    public int Ordinal { get; set; }

    public int Attempt { get; set; }
    public long DueAt { get; set; }
}
