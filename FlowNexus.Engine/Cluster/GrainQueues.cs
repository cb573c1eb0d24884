using FlowNexus.Engine.Queues;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Cluster;

/// <summary>The queues, reached through their grains from whichever node asks. A queue that moves to another node is asked again there.</summary>
internal sealed class GrainQueues(IGrainFactory grains, QueueGauge gauge, TimeProvider time, ILogger<GrainQueues> log) : IExecutionQueue, ITaskDispatcher, ITaskLine
{
    public const string Executions = "workflow_executions";
    public const string Tasks = "agent_assignments";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Of somebody who waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Of what has to arrive some time: without it an execution would wait, or an agent be busy, for ever.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(10);

    public bool IsClear => gauge.IsClear;

    private IExecutionQueueGrain Queue => grains.GetGrain<IExecutionQueueGrain>(Executions);

    private ITaskQueueGrain TaskQueue => grains.GetGrain<ITaskQueueGrain>(Tasks);

    public Task<QueueEntrance> EnterAsync(QueueEntry entry) => ReachAsync(() => Queue.EnterAsync(entry));

    public Task<QueuePlace?> EnqueueAsync(QueueEntry entry) => ReachAsync(() => Queue.EnqueueAsync(entry));

    public Task OccupyAsync(string executionId, ConcurrencyLimit? limit = null) => ReachAsync(() => Queue.OccupyAsync(executionId, limit), LongPatience);

    public Task RestAsync(string executionId) => ReachAsync(() => Queue.RestAsync(executionId), LongPatience);

    public Task LeaveAsync(string executionId) => ReachAsync(() => Queue.LeaveAsync(executionId), LongPatience);

    public async Task<IReadOnlyDictionary<string, QueuePlace>> PlacesAsync(IReadOnlyList<string> executionIds) =>
        executionIds.Count == 0 ? new Dictionary<string, QueuePlace>() : await ReachAsync(() => Queue.PlacesAsync(executionIds));

    public Task<IReadOnlyList<string>> OrderAsync(int most) => ReachAsync(() => Queue.OrderAsync(most));

    public Task RequestAsync(TaskMessage request) => ReachAsync(() => TaskQueue.RequestAsync(request), LongPatience);

    public Task ReleaseAsync(string taskId, int attempt) => ReachAsync(() => TaskQueue.ReleaseAsync(taskId, attempt), LongPatience);

    async Task<IReadOnlyDictionary<string, TaskPlace>> ITaskLine.PlacesAsync(IReadOnlyList<string> taskIds) =>
        taskIds.Count == 0 ? new Dictionary<string, TaskPlace>() : await ReachAsync(() => TaskQueue.PlacesAsync(taskIds));

    public Task<int?> FullForAsync() => ReachAsync(TaskQueue.FullForAsync);

    private Task ReachAsync(Func<Task> call, TimeSpan patience) => ReachAsync(
        async () =>
        {
            await call();
            return true;
        },
        patience);

    /// <summary>Every call may be made twice: each names what it is about.</summary>
    private async Task<T> ReachAsync<T>(Func<Task<T>> call, TimeSpan? patience = null)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (failure is OrleansException or TimeoutException && time.GetElapsedTime(since) < (patience ?? Patience))
            {
                log.LogDebug(failure, "A queue could not be reached; it is asked again.");
            }

            await Task.Delay(Pause, time);
        }
    }
}
