using System.Collections.Concurrent;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Audit;

/// <summary>Passes committed events to whoever watches on this node: its own in order of position, and that there are new ones of other nodes.</summary>
public sealed class EventFeed
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Where progress goes that happens on this node, beside those who watch here.</summary>
    internal Action<ExecutionProgress>? OtherNodes { get; set; }

    /// <summary>
    /// Calls back for every event committed from now on, and for progress between events, until disposed. The callback
    /// runs on the journal's thread or an execution's: it must return at once. Of an event of another node only the
    /// position, the type and the ids of stream, workflow and execution are set; and the last of several events of one
    /// execution may stand for all of them.
    /// </summary>
    public IDisposable Subscribe(Action<EventRow> onEvent, Action<ExecutionProgress>? onProgress = null)
    {
        var subscription = new Subscription(this, onEvent, onProgress);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    internal void Publish(IReadOnlyList<EventRow> events)
    {
        if (_subscriptions.IsEmpty) return;
        foreach (var (subscription, _) in _subscriptions)
            foreach (var row in events)
                subscription.OnEvent(row);
    }

    internal void Publish(ExecutionProgress progress)
    {
        OtherNodes?.Invoke(progress);
        Show(progress);
    }

    /// <summary>Progress that happened on another node.</summary>
    internal void Show(ExecutionProgress progress)
    {
        foreach (var (subscription, _) in _subscriptions) subscription.OnProgress?.Invoke(progress);
    }

    private sealed class Subscription(EventFeed feed, Action<EventRow> onEvent, Action<ExecutionProgress>? onProgress) : IDisposable
    {
        public Action<EventRow> OnEvent { get; } = onEvent;

        public Action<ExecutionProgress>? OnProgress { get; } = onProgress;

        public void Dispose() => feed._subscriptions.TryRemove(this, out _);
    }
}

/// <summary>How far an execution is; sent between events, never stored as one.</summary>
/// <param name="Progress">Of the execution, 0 to 1.</param>
/// <param name="StepProgress">Of the step, 0 to 1.</param>
public sealed record ExecutionProgress(string ExecutionId, string WorkflowId, double Progress, string StepName, double StepProgress);
