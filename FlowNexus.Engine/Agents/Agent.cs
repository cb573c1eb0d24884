namespace FlowNexus.Engine.Agents;

/// <summary>Who does tasks.</summary>
public sealed record Agent
{
    public required string Id { get; init; }

    /// <summary>researcher, analyst, coder, tester, optimizer, coordinator, or a type somebody registered.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>Skills by name.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    public string Description { get; init; } = "";

    /// <summary>0 to 1, learned from outcomes; how is documented at its computation.</summary>
    public double ExperienceScore { get; init; }

    /// <summary>beginner, intermediate, advanced or expert.</summary>
    public required string ExperienceLevel { get; init; }

    /// <summary>cost_optimized, balanced or performance.</summary>
    public required string Tier { get; init; }

    /// <summary>Price of one task in micro-credits (1 credit = 1,000,000).</summary>
    public required long PriceMicro { get; init; }

    /// <summary>Tasks at the same time.</summary>
    public required int Capacity { get; init; }

    /// <summary>Tasks it is doing now.</summary>
    public int InFlight { get; init; }

    /// <summary>builtin, chat, worker or mcp.</summary>
    public string Provider { get; init; } = "builtin";

    public bool Enabled { get; init; } = true;

    /// <summary>Tasks completed and failed, as counted in the database.</summary>
    public long Completed { get; init; }

    public long Failed { get; init; }
}
