namespace FlowNexus.Engine.Queues;

/// <summary>
/// Whose turn it is among the eleven priorities: the highest that waits, except that none is passed over more than
/// <see cref="Patience"/> times in a row. A value: a copy plays the turns ahead without touching the queue.
/// </summary>
internal struct PriorityTurns
{
    public const int Levels = 11;

    /// <summary>A priority that was passed over this often is next. When several are, the longest passed over is first, so nobody waits for more than this plus the other ten.</summary>
    public const int Patience = 19;

    private Row _waiting;
    private Row _passed;

    /// <summary>Waiting at a priority.</summary>
    public readonly int this[int priority] => _waiting[priority];

    public void Add(int priority, int count)
    {
        _waiting[priority] += count;
        if (_waiting[priority] == 0) _passed[priority] = 0;
    }

    /// <summary>Gives one turn; -1 when nothing waits.</summary>
    public int Next()
    {
        var chosen = -1;
        for (var priority = Levels - 1; priority >= 0; priority--)
        {
            if (_waiting[priority] == 0) continue;
            if (chosen < 0 || (_passed[priority] >= Patience && _passed[priority] > _passed[chosen])) chosen = priority;
        }

        if (chosen >= 0) Take(chosen, 1);
        return chosen;
    }

    /// <summary>How many turns it takes until the one at this place among its priority has its own, itself included.</summary>
    /// <param name="place">From 1.</param>
    public readonly int TurnsUntil(int priority, int place)
    {
        var ahead = this;
        var turns = 0;
        while (true)
        {
            var (steady, top) = ahead.Steady();
            if (top == priority && place <= steady) return turns + place;
            if (steady > 0)
            {
                ahead.Take(top, steady);
                turns += steady;
                if (top == priority) place -= steady;
                continue;
            }

            turns++;
            if (ahead.Next() == priority && --place == 0) return turns;
        }
    }

    /// <summary>For how many turns on end the highest priority is certain to be next.</summary>
    private readonly (int Turns, int Top) Steady()
    {
        var top = Levels - 1;
        while (top > 0 && _waiting[top] == 0) top--;
        var turns = _waiting[top];
        for (var priority = 0; priority < top; priority++)
            if (_waiting[priority] > 0) turns = Math.Min(turns, Patience - _passed[priority]);
        return (_passed[top] >= Patience ? 0 : Math.Max(0, turns), top);
    }

    private void Take(int chosen, int turns)
    {
        for (var priority = 0; priority < Levels; priority++)
            if (priority != chosen && _waiting[priority] > 0) _passed[priority] += turns;
        _passed[chosen] = 0;
        Add(chosen, -turns);
    }

    [System.Runtime.CompilerServices.InlineArray(Levels)]
    private struct Row
    {
        private int _first;
    }
}
