namespace FlowNexus.Engine.Queues;

/// <summary>What waits in the queue <c>workflow_executions</c>.</summary>
/// <param name="Priority">0 to 10; higher is sooner.</param>
/// <param name="WorkflowId">Workflows of one priority take turns.</param>
/// <param name="Limit">What it shares a limit with; null when only the queue's own limit applies.</param>
[GenerateSerializer, Immutable]
public sealed record QueueEntry([property: Id(0)] string Id, [property: Id(1)] int Priority, [property: Id(2)] string WorkflowId, [property: Id(3)] ConcurrencyLimit? Limit = null);

/// <summary>How many executions of a workflow, or of it with one key, run at the same time.</summary>
/// <param name="Key">The value of the workflow's key expression; null when the limit is for the workflow as a whole.</param>
/// <param name="Places">From 1.</param>
[GenerateSerializer, Immutable]
public sealed record ConcurrencyLimit([property: Id(0)] string WorkflowId, [property: Id(1)] string? Key, [property: Id(2)] int Places)
{
    /// <summary>Who shares it.</summary>
    public (string, string?) Group => (WorkflowId, Key);
}

public enum QueueAnswer { Admitted, MustWait, Full }

/// <summary>Whether something new may run at once, has to wait, or is refused.</summary>
/// <param name="RetryAfter">When refused: seconds until trying again makes sense, 1 to 300.</param>
/// <param name="Activation">Of the queue that said so; null on a node that is alone.</param>
[GenerateSerializer, Immutable]
public sealed record QueueEntrance([property: Id(0)] QueueAnswer Answer, [property: Id(1)] int? RetryAfter = null, [property: Id(2)] string? Activation = null);

/// <summary>What something that waits is kept by.</summary>
public enum WaitCause
{
    /// <summary>Those ahead of it and the places they take.</summary>
    Line,

    /// <summary>The limit of its workflow or key.</summary>
    Limit,

    /// <summary>Its workflow is paused.</summary>
    Held,
}

/// <summary>Where something stands in line.</summary>
/// <param name="Position">From 1: the order in which what waits is served if nothing new comes and no limit intervenes.</param>
/// <param name="Limit">The limit it shares, when that is the cause.</param>
[GenerateSerializer, Immutable]
public sealed record QueuePlace([property: Id(0)] int Position, [property: Id(1)] WaitCause Cause, [property: Id(2)] ConcurrencyLimit? Limit, [property: Id(3)] int Places);
