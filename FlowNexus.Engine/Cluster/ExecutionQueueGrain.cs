using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>The one queue of executions of an installation: the policy in memory, rebuilt from the database at start.</summary>
internal interface IExecutionQueueGrain : IGrainWithStringKey
{
    Task<QueueEntrance> EnterAsync(QueueEntry entry);

    Task<QueuePlace?> EnqueueAsync(QueueEntry entry);

    Task OccupyAsync(string executionId, ConcurrencyLimit? limit);

    Task RestAsync(string executionId);

    Task LeaveAsync(string executionId);

    Task<Dictionary<string, QueuePlace>> PlacesAsync(IReadOnlyList<string> executionIds);

    Task<IReadOnlyList<string>> OrderAsync(int most);

    /// <summary>Something was paused or resumed.</summary>
    Task RefreshAsync();
}

internal sealed class ExecutionQueueGrain(IOptions<EngineOptions> options, QueueContents contents, QueueActivations activations, QueueGauge gauge, PauseBook pauses, BuryExecution bury, TimeProvider time, ILogger<ExecutionQueueGrain> log) : Grain, IExecutionQueueGrain
{
    /// <summary>An execution that could not be started this often is not tried again.</summary>
    public const int MostTries = 5;

    private readonly QueuePolicy _policy = new(options.Value.MaxRunningExecutions, options.Value.ExecutionQueueCapacity);
    private readonly DrainRate _drain = new();
    private readonly Dictionary<string, int> _tries = [];
    private readonly Differences _gone = new();
    private readonly Differences _resting = new();
    private readonly Differences _missed = new();
    private readonly Differences _forgotten = new();
    private string? _activation;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _activation = await activations.BeginAsync(GrainQueues.Executions, cancellationToken);
        foreach (var (id, limit, holdsPlace) in await contents.UnderWayAsync(cancellationToken))
        {
            _policy.Occupy(id, limit);
            if (!holdsPlace) _policy.Rest(id);
        }

        foreach (var entry in await contents.QueuedAsync(cancellationToken)) _policy.Enqueue(entry);
        await RefreshAsync();
        var interval = TimeSpan.FromSeconds(options.Value.QueueCheckSeconds);
        this.RegisterGrainTimer(CheckAsync, new GrainTimerCreationOptions(interval, interval) { Interleave = true });
    }

    /// <summary>What is next is decided elsewhere now.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gauge.Hide();
        return Task.CompletedTask;
    }

    public async Task RefreshAsync()
    {
        await pauses.ReadAsync();
        _policy.Paused = pauses.IsQueuePaused(GrainQueues.Executions);
        _policy.Hold(pauses.Workflows);
        Admit();
    }

    public Task<QueueEntrance> EnterAsync(QueueEntry entry)
    {
        var answer = _policy.TryEnter(entry);
        gauge.Show(_policy);
        if (answer == QueueAnswer.Admitted) _drain.Left(1, time.GetUtcNow());
        return Task.FromResult(new QueueEntrance(answer, answer == QueueAnswer.Full ? _drain.RetryAfter(options.Value.ExecutionQueueCapacity, time.GetUtcNow()) : null, _activation));
    }

    public Task<QueuePlace?> EnqueueAsync(QueueEntry entry)
    {
        _policy.Enqueue(entry);
        Admit();
        return Task.FromResult(_policy.Place(entry.Id));
    }

    public Task OccupyAsync(string executionId, ConcurrencyLimit? limit)
    {
        _policy.Occupy(executionId, limit);
        gauge.Show(_policy);
        return Task.CompletedTask;
    }

    public Task RestAsync(string executionId)
    {
        _policy.Rest(executionId);
        Admit();
        return Task.CompletedTask;
    }

    public Task LeaveAsync(string executionId)
    {
        _policy.Leave(executionId);
        Admit();
        return Task.CompletedTask;
    }

    public Task<Dictionary<string, QueuePlace>> PlacesAsync(IReadOnlyList<string> executionIds)
    {
        Dictionary<string, QueuePlace> places = [];
        foreach (var id in executionIds)
            if (_policy.Place(id) is { } place) places[id] = place;
        return Task.FromResult(places);
    }

    public Task<IReadOnlyList<string>> OrderAsync(int most) => Task.FromResult(_policy.Order(most));

    /// <summary>
    /// A node that dies between a commit and its message, or between a message and its commit, leaves this queue with
    /// less or more than there is. The database is right.
    /// </summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var underWay = (await contents.UnderWayAsync(cancellationToken)).ToDictionary(one => one.Id);
            var queued = (await contents.QueuedAsync(cancellationToken)).ToDictionary(entry => entry.Id);
            foreach (var id in _gone.Confirm(_policy.UnderWay.Where(id => !underWay.ContainsKey(id) && !queued.ContainsKey(id)))) _policy.Leave(id);
            foreach (var id in _resting.Confirm(_policy.UnderWay.Where(id => _policy.HasPlace(id) && underWay.TryGetValue(id, out var one) && !one.HoldsPlace))) _policy.Rest(id);
            foreach (var id in _missed.Confirm(underWay.Values.Where(one => one.HoldsPlace && !_policy.HasPlace(one.Id)).Select(one => one.Id))) _policy.Occupy(id, underWay[id].Limit);
            foreach (var id in _forgotten.Confirm(queued.Keys.Where(id => !_policy.Knows(id)))) _policy.Enqueue(queued[id]);
            Admit();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("The queue could not be compared with the database: {Reason} It is tried again.", failure.Message);
        }
    }

    private void Admit()
    {
        var admitted = _policy.Admit();
        if (admitted.Count > 0) _drain.Left(admitted.Count, time.GetUtcNow());
        foreach (var entry in admitted) _ = RunAsync(entry);
        gauge.Show(_policy);
    }

    private async Task RunAsync(QueueEntry entry)
    {
        try
        {
            await GrainFactory.GetGrain<IExecutionGrain>(entry.Id).RunAsync(_activation);
            _tries.Remove(entry.Id);
        }
        catch (Exception failure)
        {
            var tries = _tries[entry.Id] = _tries.GetValueOrDefault(entry.Id) + 1;
            log.LogError(failure, "Execution {Execution} could not be started (attempt {Attempt} of {Most}).", entry.Id, tries, MostTries);
            if (tries < MostTries) await PutBackAsync(entry);
            else await BuryAsync(entry, failure);
        }
    }

    /// <summary>To the end of its priority, so that others are not kept.</summary>
    private async Task PutBackAsync(QueueEntry entry)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        _policy.Leave(entry.Id);
        await EnqueueAsync(entry);
    }

    private async Task BuryAsync(QueueEntry entry, Exception failure)
    {
        _tries.Remove(entry.Id);
        try
        {
            await bury.RunAsync(entry.Id, $"The execution could not be started in {MostTries} attempts: {failure.Message}");
            await LeaveAsync(entry.Id);
        }
        catch (Exception worse)
        {
            log.LogError(worse, "Execution {Execution} could not be put among the dead letters either; it goes back in line.", entry.Id);
            await PutBackAsync(entry);
        }
    }
}

/// <summary>What the queue shows to its own node without a call.</summary>
internal sealed class QueueGauge
{
    private volatile bool _clear;

    public bool IsClear => _clear;

    public void Show(QueuePolicy policy) => _clear = policy.Ready == 0 && !policy.Paused;

    public void Hide() => _clear = false;
}
