namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One signal that an execution took in.</summary>
public sealed class SignalRow
{
    public required string ExecutionId { get; set; }

    /// <summary>From 1, in the order of their coming.</summary>
    public int Number { get; set; }

    public required string Name { get; set; }

    /// <summary>JSON.</summary>
    public required string Data { get; set; }

    public required string SentBy { get; set; }
    public long SentAt { get; set; }
    public string? IdempotencyKey { get; set; }

    /// <summary>Ordinal of the step it completed; null while it is kept.</summary>
    public int? TakenBy { get; set; }
}
