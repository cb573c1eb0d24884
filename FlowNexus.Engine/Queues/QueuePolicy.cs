namespace FlowNexus.Engine.Queues;

/// <summary>
/// The queue's rules, without I/O: strict order by priority, then by arrival; a bounded number in process and a
/// bounded number waiting; the exact position of everything that waits.
/// </summary>
public sealed class QueuePolicy(int places, int capacity)
{
    private readonly SortedDictionary<(int NegatedPriority, long Arrival), string> _waiting = [];
    private readonly SortedDictionary<(int NegatedPriority, long Arrival), string> _held = [];
    private readonly Dictionary<string, (int, long)> _keys = [];
    private readonly Dictionary<string, string> _groups = [];
    private IReadOnlySet<string> _heldGroups = new HashSet<string>();
    private readonly HashSet<string> _processing = [];
    private long _arrivals;

    /// <summary>Waiting for a place; what is held does not count.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Nobody gets a place.</summary>
    public bool Paused { get; set; }

    public int Processing => _processing.Count;

    /// <summary>Takes a place for something new. It never overtakes what waits.</summary>
    public QueueAnswer TryEnter(string id)
    {
        if (_processing.Contains(id)) return QueueAnswer.Admitted;
        if (!Paused && _waiting.Count == 0 && _processing.Count < places)
        {
            _processing.Add(id);
            return QueueAnswer.Admitted;
        }

        return _keys.Count >= capacity ? QueueAnswer.Full : QueueAnswer.MustWait;
    }

    /// <summary>Puts something that is durably queued in line. Capacity was checked before it was accepted, so nothing accepted is refused here.</summary>
    /// <param name="group">What it can be held with: its workflow.</param>
    public void Enqueue(string id, int priority, string group = "")
    {
        if (_keys.ContainsKey(id) || _processing.Contains(id)) return;
        var key = (-priority, _arrivals++);
        _keys[id] = key;
        _groups[id] = group;
        (_heldGroups.Contains(group) ? _held : _waiting)[key] = id;
    }

    /// <summary>What belongs to these groups keeps its place in the order and is passed over; what no longer does is back in line.</summary>
    public void Hold(IReadOnlySet<string> groups)
    {
        _heldGroups = groups;
        Move(_waiting, _held, groups.Contains);
        Move(_held, _waiting, group => !groups.Contains(group));
    }

    private void Move(SortedDictionary<(int, long), string> from, SortedDictionary<(int, long), string> to, Func<string, bool> moves)
    {
        foreach (var (key, id) in from.Where(pair => moves(_groups[pair.Value])).ToList())
        {
            from.Remove(key);
            to[key] = id;
        }
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
    public IReadOnlyList<(string Id, int Priority, string Group)> Admit()
    {
        List<(string, int, string)> admitted = [];
        while (!Paused && _processing.Count < places && _waiting.Count > 0)
        {
            var (key, id) = _waiting.First();
            _waiting.Remove(key);
            _keys.Remove(id);
            _groups.Remove(id, out var group);
            _processing.Add(id);
            admitted.Add((id, -key.NegatedPriority, group ?? ""));
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
            if (Comparer<(int, long)>.Default.Compare(other, key) >= 0) break;
            position++;
        }

        return position;
    }

    private void Withdraw(string id)
    {
        if (!_keys.Remove(id, out var key)) return;
        _groups.Remove(id);
        if (!_waiting.Remove(key)) _held.Remove(key);
    }
}

public enum QueueAnswer { Admitted, MustWait, Full }
