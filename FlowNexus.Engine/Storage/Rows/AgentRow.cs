namespace FlowNexus.Engine.Storage.Rows;

/// <summary>An agent as registered, and what came of its tasks.</summary>
public sealed class AgentRow
{
    public required string Id { get; set; }
    public required string Type { get; set; }
    public required string Name { get; set; }
    public required string Description { get; set; }

    /// <summary>JSON array of skill names.</summary>
    public required string Capabilities { get; set; }

    public required string ExperienceLevel { get; set; }
    public required string Tier { get; set; }
    public long PriceMicro { get; set; }
    public int Capacity { get; set; }
    public required string Provider { get; set; }
    public bool Enabled { get; set; }
    public long Completed { get; set; }
    public long Failed { get; set; }

    /// <summary>Sum over its attempts, in microseconds.</summary>
    public long BusyMicros { get; set; }

    public long CreatedAt { get; set; }
}
