namespace FlowNexus.Engine.Storage.Rows;

/// <summary>Who pays. The balance is the sum of the account's ledger, kept in the same commits, and never falls below zero.</summary>
public sealed class AccountRow
{
    public required string Id { get; set; }
    public long BalanceMicro { get; set; }
    public long CreatedAt { get; set; }
}

/// <summary>One entry of the append-only book.</summary>
public sealed class LedgerRow
{
    public long Position { get; set; }
    public required string Account { get; set; }

    /// <summary>grant, charge or refund.</summary>
    public required string Kind { get; set; }

    /// <summary>Micro-credits; negative when the account pays.</summary>
    public long AmountMicro { get; set; }

    public long At { get; set; }
    public string? WorkflowId { get; set; }
    public string? ExecutionId { get; set; }
    public string? StepName { get; set; }
    public string? TaskId { get; set; }
    public int Attempt { get; set; }
    public string? AgentId { get; set; }
    public string? Note { get; set; }
}
