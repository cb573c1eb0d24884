using FlowNexus.Engine.Queues;

namespace FlowNexus.Engine.Cluster.Routing;

/// <summary>What an execution is told, in a form that travels to the node that drives it.</summary>
[GenerateSerializer, Immutable]
public abstract record ExecutionCall
{
    [GenerateSerializer, Immutable]
    internal sealed record Run : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Assign([property: Id(0)] TaskAssignment Assignment) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Refuse([property: Id(0)] TaskRefusal Refusal) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Ring([property: Id(0)] string Kind, [property: Id(1)] int Ordinal, [property: Id(2)] int Attempt) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Cancel([property: Id(0)] string By, [property: Id(1)] string? Reason, [property: Id(2)] TimeSpan Grace) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record TakeChild([property: Id(0)] int Ordinal, [property: Id(1)] int Item, [property: Id(2)] int Attempt, [property: Id(3)] string ChildId) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Pause([property: Id(0)] string By, [property: Id(1)] string? Reason, [property: Id(2)] string? Scope) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Resume([property: Id(0)] string By) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record NoteRetry([property: Id(0)] string ExecutionId, [property: Id(1)] string By) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record Bind([property: Id(0)] int Ordinal, [property: Id(1)] string AgentId, [property: Id(2)] string Method, [property: Id(3)] string? Details, [property: Id(4)] string By) : ExecutionCall;
}

/// <summary>What became of a call.</summary>
internal enum CallAnswer
{
    Taken,

    /// <summary>There is no such execution, or it has ended.</summary>
    Refused,

    /// <summary>Another node owns the execution.</summary>
    NotHere,
}
