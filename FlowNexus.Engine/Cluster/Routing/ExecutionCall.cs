using FlowNexus.Engine.Queues;

namespace FlowNexus.Engine.Cluster.Routing;

/// <summary>What an execution is told, in a form that travels to the node that drives it.</summary>
[GenerateSerializer, Immutable]
public abstract record ExecutionCall
{
    [GenerateSerializer, Immutable]
    internal sealed record Run([property: Id(0)] string? Activation) : ExecutionCall;

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

    [GenerateSerializer, Immutable]
    internal sealed record Signal([property: Id(0)] string Name, [property: Id(1)] string Data, [property: Id(2)] string By, [property: Id(3)] string? Key) : ExecutionCall;

    [GenerateSerializer, Immutable]
    internal sealed record CompleteLoop([property: Id(0)] int Ordinal, [property: Id(1)] string By) : ExecutionCall;
}

/// <summary>What a node answers to a call.</summary>
/// <param name="Signal">Of a signal that was taken.</param>
[GenerateSerializer, Immutable]
internal sealed record CallOutcome([property: Id(0)] CallAnswer Answer, [property: Id(1)] SignalReply? Signal = null);

/// <summary>What became of a call.</summary>
internal enum CallAnswer
{
    Taken,

    /// <summary>There is no such execution, or it has ended.</summary>
    Refused,

    /// <summary>Another node owns the execution.</summary>
    NotHere,
}
