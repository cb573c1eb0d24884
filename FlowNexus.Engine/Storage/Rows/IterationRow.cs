namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One item of a loop that has ended; the ones in flight are in the loop's own <see cref="StepRow.Loop"/>.</summary>
public sealed class IterationRow
{
    public required string ExecutionId { get; set; }
    public int Ordinal { get; set; }

    /// <summary>Index of the item, from 0.</summary>
    public int Iteration { get; set; }

    /// <summary>completed or failed.</summary>
    public required string Status { get; set; }

    public int Attempt { get; set; }

    /// <summary>JSON up to 256 KB; larger ones are in <see cref="OutputArtifact"/>.</summary>
    public string? Output { get; set; }

    public string? OutputArtifact { get; set; }
    public string? ChildId { get; set; }
    public string? Error { get; set; }

    /// <summary>Start of its last attempt; null for items that are evaluated together.</summary>
    public long? StartedAt { get; set; }

    public long FinishedAt { get; set; }
}
