namespace FlowNexus.Engine.Queues;

/// <summary>
/// The queue's rules, without I/O: strict order by priority, then by arrival; a bounded number in process and a
/// bounded number waiting; the exact position of everything that waits.
/// </summary>
public sealed class QueuePolicy(int places, int capacity)
{
    private readonly SortedDictionary<(int NegatedPriority, long Arrival), string> _waiting = [];
    private readonly Dictionary<string, (int, long)> _keys = [];
    private readonly HashSet<string> _processing = [];
    private long _arrivals;

    public int Waiting => _waiting.Count;

    public int Processing => _processing.Count;

    /// <summary>Takes a place for something new. It never overtakes what waits.</summary>
    public QueueAnswer TryEnter(string id)
    {
        if (_processing.Contains(id)) return QueueAnswer.Admitted;
        if (_waiting.Count == 0 && _processing.Count < places)
        {
            _processing.Add(id);
            return QueueAnswer.Admitted;
        }

        return _waiting.Count >= capacity ? QueueAnswer.Full : QueueAnswer.MustWait;
    }

    /// <summary>Puts something that is durably queued in line. Capacity was checked before it was accepted, so nothing accepted is refused here.</summary>
    public void Enqueue(string id, int priority)
    {
        if (_keys.ContainsKey(id) || _processing.Contains(id)) return;
        var key = (-priority, _arrivals++);
        _keys[id] = key;
        _waiting[key] = id;
    }

    /// <summary>Counts something as in process whatever the limit, as when it wakes from a timer or is found running at start.</summary>
    public void Occupy(string id)
    {
        Withdraw(id);
        _processing.Add(id);
    }

    /// <summary>Frees a place, or leaves the line.</summary>
    public void Leave(string id)
    {
        _processing.Remove(id);
        Withdraw(id);
    }

    /// <summary>Gives free places to whoever is next.</summary>
    public IReadOnlyList<(string Id, int Priority)> Admit()
    {
        List<(string, int)> admitted = [];
        while (_processing.Count < places && _waiting.Count > 0)
        {
            var (key, id) = _waiting.First();
            _waiting.Remove(key);
            _keys.Remove(id);
            _processing.Add(id);
            admitted.Add((id, -key.NegatedPriority));
        }

        return admitted;
    }

    /// <summary>From 1; null for what does not wait.</summary>
    public int? Position(string id)
    {
        if (!_keys.TryGetValue(id, out var key)) return null;
        var position = 1;
        foreach (var other in _waiting.Keys)
        {
            if (other == key) break;
            position++;
        }

        return position;
    }

    private void Withdraw(string id)
    {
        if (_keys.Remove(id, out var key)) _waiting.Remove(key);
    }
}

public enum QueueAnswer { Admitted, MustWait, Full }
