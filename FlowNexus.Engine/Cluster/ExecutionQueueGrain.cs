using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>The one queue of executions of an installation: the policy in memory, rebuilt from the database at start.</summary>
internal interface IExecutionQueueGrain : IGrainWithStringKey
{
    Task<QueueAnswer> EnterAsync(string executionId);

    Task<int?> EnqueueAsync(string executionId, int priority, string workflowId);

    Task OccupyAsync(string executionId);

    Task LeaveAsync(string executionId);

    Task<int?> PositionAsync(string executionId);

    /// <summary>Something was paused or resumed.</summary>
    Task RefreshAsync();
}

internal sealed class ExecutionQueueGrain(IOptions<EngineOptions> options, QueueGauge gauge, PauseBook pauses, TimeProvider time, ILogger<ExecutionQueueGrain> log) : Grain, IExecutionQueueGrain
{
    private readonly QueuePolicy _policy = new(options.Value.MaxRunningExecutions, options.Value.ExecutionQueueCapacity);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return RefreshAsync();
    }

    public async Task RefreshAsync()
    {
        await pauses.ReadAsync();
        _policy.Paused = pauses.IsQueuePaused(GrainQueues.Executions);
        _policy.Hold(pauses.Workflows);
        Admit();
    }

    public Task<QueueAnswer> EnterAsync(string executionId) => Task.FromResult(_policy.TryEnter(executionId));

    public Task<int?> EnqueueAsync(string executionId, int priority, string workflowId)
    {
        _policy.Enqueue(executionId, priority, workflowId);
        Admit();
        return Task.FromResult(_policy.Position(executionId));
    }

    public Task OccupyAsync(string executionId)
    {
        _policy.Occupy(executionId);
        gauge.Show(_policy);
        return Task.CompletedTask;
    }

    public Task LeaveAsync(string executionId)
    {
        _policy.Leave(executionId);
        Admit();
        return Task.CompletedTask;
    }

    public Task<int?> PositionAsync(string executionId) => Task.FromResult(_policy.Position(executionId));

    private void Admit()
    {
        foreach (var (id, priority, workflowId) in _policy.Admit()) _ = RunAsync(id, priority, workflowId);
        gauge.Show(_policy);
    }

    private async Task RunAsync(string executionId, int priority, string workflowId)
    {
        try
        {
            await GrainFactory.GetGrain<IExecutionGrain>(executionId).RunAsync();
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Execution {Execution} could not be started; it goes back to the end of its priority.", executionId);
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            _policy.Leave(executionId);
            await EnqueueAsync(executionId, priority, workflowId);
        }
    }
}

/// <summary>What the queue shows to its own node without a call.</summary>
internal sealed class QueueGauge
{
    private volatile bool _clear;

    public bool IsClear => _clear;

    public void Show(QueuePolicy policy) => _clear = policy.Waiting == 0 && !policy.Paused;
}
