using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace FlowNexus.Engine.Cluster;

/// <summary>The one queue of tasks of an installation.</summary>
internal interface ITaskQueueGrain : IGrainWithStringKey
{
    Task RequestAsync(TaskMessage request);

    Task ReleaseAsync(string taskId, int attempt);

    Task<Dictionary<string, int>> InFlightAsync();

    Task<int?> PositionAsync(string taskId);

    /// <summary>Something was paused or resumed.</summary>
    Task RefreshAsync();
}

[Reentrant]
internal sealed class TaskQueueGrain(AgentDirectory agents, AgentChooser chooser, PauseBook pauses, TimeProvider time, ILogger<TaskQueueGrain> log) : Grain, ITaskQueueGrain
{
    private readonly TaskQueuePolicy _policy = new();
    private bool _paused;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return RefreshAsync();
    }

    public async Task RefreshAsync()
    {
        await pauses.ReadAsync();
        _paused = pauses.IsQueuePaused(GrainQueues.Tasks);
        await DispatchAsync();
    }

    public Task RequestAsync(TaskMessage request)
    {
        _policy.Request(request);
        return DispatchAsync();
    }

    public Task ReleaseAsync(string taskId, int attempt)
    {
        _policy.Release(taskId, attempt);
        return DispatchAsync();
    }

    public Task<Dictionary<string, int>> InFlightAsync() => Task.FromResult(_policy.InFlight.ToDictionary());

    public Task<int?> PositionAsync(string taskId) => Task.FromResult(_policy.Position(taskId));

    private async Task DispatchAsync()
    {
        if (_paused || _policy.Waiting == 0) return;
        var all = await agents.AllAsync();
        if (_paused) return;
        foreach (var (task, choice) in _policy.Dispatch(all, chooser.Choose)) _ = TellAsync(task, choice);
    }

    private async Task TellAsync(TaskMessage task, AgentChoice choice)
    {
        try
        {
            var execution = GrainFactory.GetGrain<IExecutionGrain>(task.ExecutionId);
            if (choice.AgentId is { } agent)
                await execution.AssignAsync(new TaskAssignment(task.TaskId, task.Ordinal, task.Attempt, agent, choice.PriceMicro, choice.Method, choice.Score, choice.Details));
            else
                await execution.RefuseAsync(new TaskRefusal(task.TaskId, task.Ordinal, task.Attempt, choice.Reason ?? "No enabled agent can do this task."));
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Task {Task} could not be handed to its execution; its agent is free again and it waits in line once more.", task.TaskId);
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            _policy.Release(task.TaskId, task.Attempt);
            await RequestAsync(task);
        }
    }
}
