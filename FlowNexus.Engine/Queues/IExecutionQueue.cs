namespace FlowNexus.Engine.Queues;

/// <summary>The queue <c>workflow_executions</c> as executions see it.</summary>
public interface IExecutionQueue
{
    /// <summary>True when nothing waits and the queue lives on this node: then what takes no time needs no place.</summary>
    bool IsClear { get; }

    Task<QueueAnswer> EnterAsync(string executionId);

    /// <summary>Puts a durably queued execution in line; it is told when its turn comes.</summary>
    /// <returns>Its position from 1; null when its turn came at once.</returns>
    Task<int?> EnqueueAsync(string executionId, int priority, string workflowId);

    /// <summary>Counts an execution as running whatever the limit.</summary>
    Task OccupyAsync(string executionId);

    Task LeaveAsync(string executionId);

    Task<int?> PositionAsync(string executionId);
}
