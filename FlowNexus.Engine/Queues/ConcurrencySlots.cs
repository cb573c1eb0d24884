namespace FlowNexus.Engine.Queues;

/// <summary>Who has a part of which limit, and who waits for one.</summary>
internal sealed class ConcurrencySlots
{
    private readonly Dictionary<(string, string?), Group> _groups = [];
    private readonly Dictionary<string, (string, string?)> _taken = [];

    public IEnumerable<string> Holders => _taken.Keys;

    public bool Holds(string id) => _taken.ContainsKey(id);

    public bool IsFull(ConcurrencyLimit? limit) => limit is not null && _groups.TryGetValue(limit.Group, out var group) && group.Taken >= group.Places;

    /// <summary>The latest limit of a group counts; a raised one lets go of those it kept.</summary>
    public IReadOnlyList<Waiting> Learn(ConcurrencyLimit? limit)
    {
        if (limit is null || !_groups.TryGetValue(limit.Group, out var group)) return [];
        var raised = limit.Places > group.Places;
        group.Places = limit.Places;
        if (!raised) return [];
        List<Waiting> parked = [.. group.Parked.InOrder()];
        parked.ForEach(Unpark);
        return parked;
    }

    public bool TryTake(string id, ConcurrencyLimit? limit)
    {
        if (IsFull(limit) && !_taken.ContainsKey(id)) return false;
        Take(id, limit);
        return true;
    }

    public void Take(string id, ConcurrencyLimit? limit)
    {
        if (limit is null || !_taken.TryAdd(id, limit.Group)) return;
        Of(limit).Taken++;
    }

    /// <returns>The group that has room now; null when it had no part of any.</returns>
    public (string, string?)? Free(string id)
    {
        if (!_taken.Remove(id, out var key)) return null;
        var group = _groups[key];
        group.Taken--;
        Forget(key, group);
        return key;
    }

    public void Park(Waiting waiting) => Of(waiting.Entry.Limit!).Parked.Add(waiting);

    public void Unpark(Waiting waiting)
    {
        var key = waiting.Entry.Limit!.Group;
        var group = _groups[key];
        group.Parked.Remove(waiting);
        Forget(key, group);
    }

    /// <summary>Takes the next of those that wait for this group out.</summary>
    public IReadOnlyList<Waiting> NextParked((string, string?) key)
    {
        if (!_groups.TryGetValue(key, out var group) || group.Parked.Count == 0) return [];
        var next = group.Parked.First;
        Unpark(next);
        return [next];
    }

    public int ParkedBefore(Waiting waiting) => _groups[waiting.Entry.Limit!.Group].Parked.CountBefore(waiting);

    private Group Of(ConcurrencyLimit limit)
    {
        if (!_groups.TryGetValue(limit.Group, out var group)) _groups[limit.Group] = group = new Group { Places = limit.Places };
        return group;
    }

    private void Forget((string, string?) key, Group group)
    {
        if (group.Taken == 0 && group.Parked.Count == 0) _groups.Remove(key);
    }

    private sealed class Group
    {
        public int Places { get; set; }

        public int Taken { get; set; }

        public RankedSet<Waiting> Parked { get; } = new(Waiting.ByPriority);
    }
}
