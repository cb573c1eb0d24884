using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Cluster.Routing;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace FlowNexus.Engine.Cluster;

/// <summary>The one queue of tasks of an installation.</summary>
internal interface ITaskQueueGrain : IGrainWithStringKey
{
    Task RequestAsync(TaskMessage request);

    Task ReleaseAsync(string taskId, int attempt);

    Task<Dictionary<string, int>> InFlightAsync();

    Task<Dictionary<string, TaskPlace>> PlacesAsync(IReadOnlyList<string> taskIds);

    /// <summary>Null while there is room; else the seconds after which trying again makes sense.</summary>
    Task<int?> FullForAsync();

    /// <summary>Something was paused or resumed.</summary>
    Task RefreshAsync();
}

[Reentrant]
internal sealed class TaskQueueGrain(QueueContents contents, QueueActivations activations, Nodes nodes, AgentDirectory agents, AgentChooser chooser, PauseBook pauses, IOptions<EngineOptions> options, TimeProvider time, ILogger<TaskQueueGrain> log) : Grain, ITaskQueueGrain
{
    private readonly TaskQueuePolicy _policy = new();
    private readonly DrainRate _drain = new();
    private readonly Differences _gone = new();
    private readonly Differences _missed = new();
    private readonly Differences _forgotten = new();
    private string? _activation;
    private bool _paused;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _activation = await activations.BeginAsync(GrainQueues.Tasks, cancellationToken);
        foreach (var (taskId, attempt, agentId) in await contents.AssignedAsync(cancellationToken)) _policy.Occupy(taskId, attempt, agentId);
        await RefreshAsync();

        AskAgain();
        var interval = TimeSpan.FromSeconds(options.Value.QueueCheckSeconds);
        this.RegisterGrainTimer(CheckAsync, new GrainTimerCreationOptions(interval, interval) { Interleave = true });
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

    public Task<int?> FullForAsync() =>
        Task.FromResult(_policy.Waiting < options.Value.TaskQueueCapacity ? (int?)null : _drain.RetryAfter(options.Value.TaskQueueCapacity, time.GetUtcNow()));

    public async Task<Dictionary<string, TaskPlace>> PlacesAsync(IReadOnlyList<string> taskIds)
    {
        var paused = pauses.Of(PauseScopes.System) ?? pauses.Of(PauseScopes.Queue(GrainQueues.Tasks));
        var all = _policy.WithLoad(await agents.AllAsync());
        Dictionary<string, TaskPlace> places = [];
        Dictionary<string, string> reasons = [];
        foreach (var id in taskIds)
        {
            if (_policy.Position(id) is not { } position || _policy.Find(id) is not { } task) continue;
            var kind = TaskQueuePolicy.Signature(task);
            if (!reasons.TryGetValue(kind, out var reason))
                reasons[kind] = reason = paused is null ? chooser.WhyWaiting(task, all) : $"The {(pauses.IsSystemPaused ? "system" : $"queue {GrainQueues.Tasks}")} is {WaitingReasons.Paused(paused, time.GetUtcNow())}";
            places[id] = new TaskPlace(position, reason);
        }

        return places;
    }

    /// <summary>The requests come back to this activation, so it cannot wait for the answers.</summary>
    private void AskAgain()
    {
        foreach (var node in nodes.Present) GrainFactory.GetGrain<INodeGrain>(node).AskAgainAsync().Ignore();
    }

    /// <summary>A node that dies between a commit and its message, or between a message and its commit, leaves this queue with less or more than there is. The database is right.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var assigned = (await contents.AssignedAsync(cancellationToken)).ToDictionary(one => Key(one.TaskId, one.Attempt));
            var waiting = await contents.RequestedAsync(cancellationToken);
            var given = _policy.Given.ToDictionary(one => Key(one.TaskId, one.Attempt));
            foreach (var key in _gone.Confirm(given.Keys.Where(key => !assigned.ContainsKey(key)))) _policy.Release(given[key].TaskId, given[key].Attempt);
            foreach (var key in _missed.Confirm(assigned.Keys.Where(key => !given.ContainsKey(key)))) _policy.Occupy(assigned[key].TaskId, assigned[key].Attempt, assigned[key].AgentId);
            if (_forgotten.Confirm(waiting.Where(id => !_policy.Knows(id))).Count > 0) AskAgain();
            await DispatchAsync();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("The queue could not be compared with the database: {Reason} It is tried again.", failure.Message);
        }

        static string Key(string taskId, int attempt) => $"{taskId} {attempt}";
    }

    private async Task DispatchAsync()
    {
        if (_paused || _policy.Waiting == 0) return;
        var all = await agents.AllAsync();
        if (_paused) return;
        var decided = _policy.Dispatch(all, chooser.Choose);
        if (decided.Count > 0) _drain.Left(decided.Count, time.GetUtcNow());
        foreach (var (task, choice) in decided) _ = TellAsync(task, choice);
    }

    private async Task TellAsync(TaskMessage task, AgentChoice choice)
    {
        try
        {
            var execution = GrainFactory.GetGrain<IExecutionGrain>(task.ExecutionId);
            if (choice.AgentId is { } agent)
                await execution.AssignAsync(new TaskAssignment(task.TaskId, task.Ordinal, task.Attempt, agent, choice.PriceMicro, choice.Method, choice.Score, choice.Details, _activation));
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
