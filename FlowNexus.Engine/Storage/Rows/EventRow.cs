namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One fact in an audit stream.</summary>
public sealed class EventRow
{
    /// <summary>Order of commit over all streams; the cursor of feeds.</summary>
    public long Position { get; set; }

    /// <summary>The execution or administered object the stream belongs to, by id.</summary>
    public required string Stream { get; set; }

    /// <summary>From 1, without gaps.</summary>
    public long Seq { get; set; }

    public required string EventId { get; set; }
    public required string Type { get; set; }
    public long At { get; set; }
    public string? WorkflowId { get; set; }
    public string? ExecutionId { get; set; }
    public string? StepName { get; set; }
    public string? AgentId { get; set; }
    public string? UserId { get; set; }

    /// <summary>Details as a JSON object; null once erased.</summary>
    public string? Payload { get; set; }

    public byte[]? Salt { get; set; }
    public byte[] PayloadHash { get; set; } = [];
    public byte[] Hash { get; set; } = [];
}

/// <summary>The end of an administered object's stream. (An execution's is in its own row.)</summary>
public sealed class StreamRow
{
    public required string Id { get; set; }
    public long Seq { get; set; }
    public byte[] Head { get; set; } = [];
}
