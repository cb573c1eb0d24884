namespace FlowNexus.Engine.Cluster;

/// <summary>The nodes as this one last read them.</summary>
internal sealed class Nodes(ThisNode node, TimeProvider time)
{
    private volatile IReadOnlyDictionary<string, bool> _present = new Dictionary<string, bool>();
    private long _shown;

    /// <summary>Told when a node that was here no longer is, or began to drain.</summary>
    public event EventHandler? Left;

    /// <summary>Every node that is here, this one included.</summary>
    public IEnumerable<string> Present => _present.Keys.Append(node.Id).Distinct();

    /// <summary>Since this node last gave its sign of life and looked at the others; null before the first time.</summary>
    public TimeSpan? SinceSign => Interlocked.Read(ref _shown) is var shown and > 0 ? time.GetElapsedTime(shown) : null;

    public bool IsPresent(string id) => id == node.Id || _present.ContainsKey(id);

    /// <summary>Whether an execution stays with its owner: one that drains keeps what runs and gives away what waits.</summary>
    public bool Keeps(string owner, string status) => owner == node.Id || (_present.TryGetValue(owner, out var draining) && !(draining && status is "queued" or "waiting"));

    /// <param name="present">By id, whether it drains.</param>
    public void Show(IReadOnlyDictionary<string, bool> present)
    {
        var before = _present;
        _present = present;
        Interlocked.Exchange(ref _shown, time.GetTimestamp());
        if (before.Any(one => !present.TryGetValue(one.Key, out var draining) || (draining && !one.Value))) Left?.Invoke(this, EventArgs.Empty);
    }
}
