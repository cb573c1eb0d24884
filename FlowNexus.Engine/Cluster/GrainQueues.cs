using FlowNexus.Engine.Queues;

namespace FlowNexus.Engine.Cluster;

/// <summary>The queues, reached through their grains from whichever node asks.</summary>
internal sealed class GrainQueues(IGrainFactory grains, QueueGauge gauge) : IExecutionQueue, ITaskDispatcher
{
    public const string Executions = "workflow_executions";
    public const string Tasks = "agent_assignments";

    private IExecutionQueueGrain Queue => grains.GetGrain<IExecutionQueueGrain>(Executions);

    public bool IsClear => gauge.IsClear;

    public Task<QueueAnswer> EnterAsync(string executionId) => Queue.EnterAsync(executionId);

    public Task<int?> EnqueueAsync(string executionId, int priority, string workflowId) => Queue.EnqueueAsync(executionId, priority, workflowId);

    public Task OccupyAsync(string executionId) => Queue.OccupyAsync(executionId);

    public Task LeaveAsync(string executionId) => Queue.LeaveAsync(executionId);

    public Task<int?> PositionAsync(string executionId) => Queue.PositionAsync(executionId);

    public Task RequestAsync(TaskMessage request) => grains.GetGrain<ITaskQueueGrain>(Tasks).RequestAsync(request);

    public Task ReleaseAsync(string taskId, int attempt) => grains.GetGrain<ITaskQueueGrain>(Tasks).ReleaseAsync(taskId, attempt);
}
