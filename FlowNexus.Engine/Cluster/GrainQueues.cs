using FlowNexus.Engine.Queues;

namespace FlowNexus.Engine.Cluster;

/// <summary>The queues, reached through their grains from whichever node asks.</summary>
internal sealed class GrainQueues(IGrainFactory grains, QueueGauge gauge) : IExecutionQueue, ITaskDispatcher, ITaskLine
{
    public const string Executions = "workflow_executions";
    public const string Tasks = "agent_assignments";

    private IExecutionQueueGrain Queue => grains.GetGrain<IExecutionQueueGrain>(Executions);

    public bool IsClear => gauge.IsClear;

    public Task<QueueEntrance> EnterAsync(QueueEntry entry) => Queue.EnterAsync(entry);

    public Task<QueuePlace?> EnqueueAsync(QueueEntry entry) => Queue.EnqueueAsync(entry);

    public Task OccupyAsync(string executionId, ConcurrencyLimit? limit = null) => Queue.OccupyAsync(executionId, limit);

    public Task RestAsync(string executionId) => Queue.RestAsync(executionId);

    public Task LeaveAsync(string executionId) => Queue.LeaveAsync(executionId);

    public async Task<IReadOnlyDictionary<string, QueuePlace>> PlacesAsync(IReadOnlyList<string> executionIds) =>
        executionIds.Count == 0 ? new Dictionary<string, QueuePlace>() : await Queue.PlacesAsync(executionIds);

    public Task<IReadOnlyList<string>> OrderAsync(int most) => Queue.OrderAsync(most);

    public Task RequestAsync(TaskMessage request) => grains.GetGrain<ITaskQueueGrain>(Tasks).RequestAsync(request);

    public Task ReleaseAsync(string taskId, int attempt) => grains.GetGrain<ITaskQueueGrain>(Tasks).ReleaseAsync(taskId, attempt);

    async Task<IReadOnlyDictionary<string, TaskPlace>> ITaskLine.PlacesAsync(IReadOnlyList<string> taskIds) =>
        taskIds.Count == 0 ? new Dictionary<string, TaskPlace>() : await grains.GetGrain<ITaskQueueGrain>(Tasks).PlacesAsync(taskIds);

    public Task<int?> FullForAsync() => grains.GetGrain<ITaskQueueGrain>(Tasks).FullForAsync();
}
