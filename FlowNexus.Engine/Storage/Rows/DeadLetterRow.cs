namespace FlowNexus.Engine.Storage.Rows;

/// <summary>An execution that left its queue without ever starting. Gone when it is redriven or discarded.</summary>
public sealed class DeadLetterRow
{
    public required string ExecutionId { get; set; }
    public required string Queue { get; set; }
    public required string WorkflowId { get; set; }
    public required string Code { get; set; }
    public required string Message { get; set; }
    public long At { get; set; }
}
