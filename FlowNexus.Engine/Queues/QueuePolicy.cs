namespace FlowNexus.Engine.Queues;

/// <summary>
/// The rules of the queue <c>workflow_executions</c>, without clock and I/O. The highest priority is served first, but
/// none is passed over for ever (<see cref="PriorityTurns"/>); within a priority the workflows take turns (start-time
/// fair queueing); what is at its limit is passed over and keeps its place. Everything costs O(log n).
/// </summary>
public sealed class QueuePolicy
{
    private readonly int _places;
    private readonly int _capacity;
    private readonly PriorityLine[] _lines = [.. Enumerable.Range(0, PriorityTurns.Levels).Select(_ => new PriorityLine())];
    private readonly Dictionary<string, Waiting> _waiting = [];
    private readonly HashSet<string> _processing = [];
    private readonly ConcurrencySlots _slots = new();
    private PriorityTurns _turns;
    private IReadOnlySet<string> _heldWorkflows = new HashSet<string>();
    private long _arrivals;

    /// <param name="places">How many are in process at the same time.</param>
    /// <param name="capacity">How many may wait.</param>
    public QueuePolicy(int places, int capacity)
    {
        _places = places;
        _capacity = capacity;
    }

    /// <summary>In line for a place; what a limit or a pause keeps does not count.</summary>
    public int Ready { get; private set; }

    /// <summary>Everything that waits.</summary>
    public int Waiting => _waiting.Count;

    public int Processing => _processing.Count;

    /// <summary>What has a place, or a part of a limit, or both.</summary>
    public IEnumerable<string> UnderWay => _processing.Union(_slots.Holders);

    public bool HasPlace(string id) => _processing.Contains(id);

    /// <summary>In line or under way.</summary>
    public bool Knows(string id) => _waiting.ContainsKey(id) || _processing.Contains(id) || _slots.Holds(id);

    /// <summary>Nobody gets a place.</summary>
    public bool Paused { get; set; }

    /// <summary>Takes a place for something new. It never overtakes what waits in line.</summary>
    public QueueAnswer TryEnter(QueueEntry entry)
    {
        if (_processing.Contains(entry.Id)) return QueueAnswer.Admitted;
        Wake(_slots.Learn(entry.Limit));
        if (!Paused && Ready == 0 && _processing.Count < _places && !_heldWorkflows.Contains(entry.WorkflowId) && _slots.TryTake(entry.Id, entry.Limit))
        {
            _processing.Add(entry.Id);
            return QueueAnswer.Admitted;
        }

        return _waiting.Count >= _capacity ? QueueAnswer.Full : QueueAnswer.MustWait;
    }

    /// <summary>Puts something that is durably queued in line. Capacity was checked before it was accepted, so nothing accepted is refused here.</summary>
    public void Enqueue(QueueEntry entry)
    {
        if (_waiting.ContainsKey(entry.Id) || _processing.Contains(entry.Id)) return;
        var waiting = new Waiting(entry, _lines[entry.Priority].Tag(entry.WorkflowId), _arrivals++);
        _waiting[entry.Id] = waiting;
        Wake(_slots.Learn(entry.Limit));
        Line(waiting);
    }

    /// <summary>What belongs to these workflows keeps its place in the order and is passed over; what no longer does is back in line.</summary>
    public void Hold(IReadOnlySet<string> workflows)
    {
        var before = _heldWorkflows;
        _heldWorkflows = workflows;
        foreach (var waiting in _waiting.Values.Where(one => workflows.Contains(one.Entry.WorkflowId) != before.Contains(one.Entry.WorkflowId)).ToList())
        {
            Unline(waiting);
            Line(waiting);
        }
    }

    /// <summary>Counts something as in process whatever the limits, as when it wakes from a timer or is found running at start.</summary>
    public void Occupy(string id, ConcurrencyLimit? limit = null)
    {
        Withdraw(id);
        _processing.Add(id);
        _slots.Take(id, limit);
    }

    /// <summary>Frees its place but keeps what it has of its workflow's limit, as when it waits for a timer or an agent.</summary>
    public void Rest(string id) => _processing.Remove(id);

    /// <summary>Frees its place and its part of a limit, or leaves the line.</summary>
    public void Leave(string id)
    {
        _processing.Remove(id);
        Withdraw(id);
        if (_slots.Free(id) is { } group) Wake(_slots.NextParked(group));
    }

    /// <summary>Gives free places to whoever is next.</summary>
    public IReadOnlyList<QueueEntry> Admit()
    {
        List<QueueEntry> admitted = [];
        while (!Paused && _processing.Count < _places && Ready > 0)
        {
            var ahead = _turns;
            var next = _lines[ahead.Next()].Ready.First;
            RemoveReady(next);
            if (!_slots.TryTake(next.Entry.Id, next.Entry.Limit))
            {
                // Passing over what a limit keeps costs its priority no turn.
                Park(next);
                continue;
            }

            _turns = ahead;
            _waiting.Remove(next.Entry.Id);
            _lines[next.Entry.Priority].Served(next);
            _processing.Add(next.Entry.Id);
            admitted.Add(next.Entry);
        }

        return admitted;
    }

    /// <summary>From 1; null for what does not wait.</summary>
    public int? Position(string id) => Place(id)?.Position;

    /// <summary>Where it stands and why; null for what does not wait.</summary>
    public QueuePlace? Place(string id)
    {
        if (!_waiting.TryGetValue(id, out var waiting)) return null;
        var turns = _turns;
        if (waiting.Where != Whereabouts.Ready) turns.Add(waiting.Entry.Priority, 1);
        var position = turns.TurnsUntil(waiting.Entry.Priority, _lines[waiting.Entry.Priority].Ready.CountBefore(waiting) + 1);
        return waiting.Where switch
        {
            Whereabouts.Parked => new QueuePlace(position + _slots.ParkedBefore(waiting), WaitCause.Limit, waiting.Entry.Limit, _places),
            Whereabouts.Held => new QueuePlace(position, WaitCause.Held, null, _places),
            _ => new QueuePlace(position, WaitCause.Line, null, _places),
        };
    }

    /// <summary>Ids in the order in which they are served if nothing new comes; what is kept from the line comes last.</summary>
    public IReadOnlyList<string> Order(int most)
    {
        List<string> order = [];
        var turns = _turns;
        var lines = new IEnumerator<Waiting>?[PriorityTurns.Levels];
        for (var next = turns.Next(); next >= 0 && order.Count < most; next = turns.Next())
        {
            var line = lines[next] ??= _lines[next].Ready.InOrder().GetEnumerator();
            line.MoveNext();
            order.Add(line.Current.Entry.Id);
        }

        if (order.Count < most) order.AddRange(_waiting.Values.Where(one => one.Where != Whereabouts.Ready).Order(Queues.Waiting.ByPriority).Take(most - order.Count).Select(one => one.Entry.Id));
        return order;
    }

    private void Line(Waiting waiting)
    {
        if (_heldWorkflows.Contains(waiting.Entry.WorkflowId)) waiting.Where = Whereabouts.Held;
        else if (_slots.IsFull(waiting.Entry.Limit)) Park(waiting);
        else
        {
            waiting.Where = Whereabouts.Ready;
            _lines[waiting.Entry.Priority].Ready.Add(waiting);
            _turns.Add(waiting.Entry.Priority, 1);
            Ready++;
        }
    }

    private void Park(Waiting waiting)
    {
        waiting.Where = Whereabouts.Parked;
        _slots.Park(waiting);
    }

    private void RemoveReady(Waiting waiting)
    {
        _lines[waiting.Entry.Priority].Ready.Remove(waiting);
        _turns.Add(waiting.Entry.Priority, -1);
        Ready--;
    }

    private void Unline(Waiting waiting)
    {
        if (waiting.Where == Whereabouts.Ready) RemoveReady(waiting);
        else if (waiting.Where == Whereabouts.Parked) _slots.Unpark(waiting);
    }

    private void Withdraw(string id)
    {
        if (!_waiting.Remove(id, out var waiting)) return;
        Unline(waiting);
        _lines[waiting.Entry.Priority].Withdrawn(waiting);

        // It may have been on its way to a free part of its limit.
        if (waiting.Entry.Limit is { } limit && !_slots.IsFull(limit)) Wake(_slots.NextParked(limit.Group));
    }

    private void Wake(IEnumerable<Waiting> parked)
    {
        foreach (var waiting in parked) Line(waiting);
    }
}
