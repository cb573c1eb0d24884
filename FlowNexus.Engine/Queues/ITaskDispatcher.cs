namespace FlowNexus.Engine.Queues;

/// <summary>What an execution asks of the queue <c>agent_assignments</c>. Answers come back to the execution as assignments or refusals.</summary>
internal interface ITaskDispatcher
{
    Task RequestAsync(TaskMessage request);

    /// <summary>The attempt no longer waits and no longer runs.</summary>
    Task ReleaseAsync(string taskId, int attempt);
}
