namespace FlowNexus.Engine.Queues;

/// <summary>How fast a queue drains, over its last minute, and what to tell who comes while it is full.</summary>
internal sealed class DrainRate
{
    public const int Shortest = 1;
    public const int Longest = 300;

    private const int Window = 60;
    private const int Share = 20;

    private readonly long[] _seconds = new long[Window];
    private readonly int[] _counts = new int[Window];

    public void Left(int count, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        var slot = (int)(second % Window);
        if (_seconds[slot] != second) (_seconds[slot], _counts[slot]) = (second, 0);
        _counts[slot] += count;
    }

    /// <summary>Seconds until a twentieth of the capacity has drained at the measured rate, so that not everybody comes back for one place; the longest when nothing drains.</summary>
    public int RetryAfter(int capacity, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        long left = 0;
        var since = second;
        for (var slot = 0; slot < Window; slot++)
        {
            if (second - _seconds[slot] >= Window || _counts[slot] == 0) continue;
            left += _counts[slot];
            since = Math.Min(since, _seconds[slot]);
        }

        if (left == 0) return Longest;
        var rate = (double)left / (second - since + 1);
        return (int)Math.Clamp(Math.Ceiling(Math.Max(1, capacity / Share) / rate), Shortest, Longest);
    }
}
