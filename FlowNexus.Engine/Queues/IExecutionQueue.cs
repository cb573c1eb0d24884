namespace FlowNexus.Engine.Queues;

/// <summary>The queue <c>workflow_executions</c> as executions see it.</summary>
public interface IExecutionQueue
{
    /// <summary>True when nothing waits and the queue lives on this node: then what takes no time needs no place.</summary>
    bool IsClear { get; }

    Task<QueueEntrance> EnterAsync(QueueEntry entry);

    /// <summary>Puts a durably queued execution in line; it is told when its turn comes.</summary>
    /// <returns>Where it stands; null when its turn came at once.</returns>
    Task<QueuePlace?> EnqueueAsync(QueueEntry entry);

    /// <summary>Counts an execution as running whatever the limit.</summary>
    Task OccupyAsync(string executionId, ConcurrencyLimit? limit = null);

    /// <summary>It waits for something: its place is free, its part of its workflow's limit is not.</summary>
    Task RestAsync(string executionId);

    Task LeaveAsync(string executionId);

    /// <summary>Where those of them stand that wait in line.</summary>
    Task<IReadOnlyDictionary<string, QueuePlace>> PlacesAsync(IReadOnlyList<string> executionIds);

    /// <summary>Ids of what waits in line, in the order in which it is served.</summary>
    Task<IReadOnlyList<string>> OrderAsync(int most);
}
