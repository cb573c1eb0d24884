using System.Collections.Concurrent;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Tells those who draw the same workflow on this node that it was saved; those on other nodes look for themselves.</summary>
public sealed class DraftFeed
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Calls back for every save from now on, until disposed. The callback must return at once.</summary>
    public IDisposable Subscribe(string workflowId, Action<DraftNews> onSaved)
    {
        var subscription = new Subscription(this, workflowId, onSaved);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    internal void Tell(DraftNews news)
    {
        foreach (var (subscription, _) in _subscriptions)
            if (subscription.WorkflowId == news.WorkflowId) subscription.OnSaved(news);
    }

    private sealed class Subscription(DraftFeed feed, string workflowId, Action<DraftNews> onSaved) : IDisposable
    {
        public string WorkflowId { get; } = workflowId;

        public Action<DraftNews> OnSaved { get; } = onSaved;

        public void Dispose() => feed._subscriptions.TryRemove(this, out _);
    }
}

/// <summary>A draft was saved.</summary>
/// <param name="Revision">0 when it was thrown away.</param>
/// <param name="Editor">Who saved it.</param>
public sealed record DraftNews(string WorkflowId, int Revision, string Editor);
