namespace FlowNexus.Engine.Storage.Rows;

/// <summary>Something that is paused: the system, a queue or a workflow. Gone when it is resumed.</summary>
public sealed class PauseRow
{
    /// <summary><c>system</c>, <c>queue/NAME</c> or <c>workflow/ID</c>.</summary>
    public required string Scope { get; set; }

    public required string PausedBy { get; set; }
    public string? Reason { get; set; }
    public long PausedAt { get; set; }
}
