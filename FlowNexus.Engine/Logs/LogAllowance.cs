namespace FlowNexus.Engine.Logs;

/// <summary>How many lines an attempt may still write. All items of a loop share one.</summary>
internal sealed class LogAllowance(int lines = LogAllowance.Lines)
{
    /// <summary>What one attempt keeps.</summary>
    public const int Lines = 10_000;

    private int _left = lines;
    private int _dropped;

    /// <summary>Lines that were not kept since it was last asked.</summary>
    public int TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>True when the line may be kept.</summary>
    public bool Take()
    {
        if (Interlocked.Decrement(ref _left) >= 0) return true;
        Interlocked.Increment(ref _left);
        Drop();
        return false;
    }

    public void Drop() => Interlocked.Increment(ref _dropped);
}
