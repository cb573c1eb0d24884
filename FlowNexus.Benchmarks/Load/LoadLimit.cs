using System.Diagnostics;

namespace FlowNexus.Benchmarks.Load;

/// <summary>How long a measurement goes on: for a time, or for a number of executions shared by all clients.</summary>
internal sealed class LoadLimit
{
    private readonly long _deadline = long.MaxValue;
    private long _left = long.MaxValue;

    private LoadLimit(long deadline, long left)
    {
        _deadline = deadline;
        _left = left;
    }

    public static LoadLimit For(TimeSpan duration) => new(Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency), long.MaxValue);

    public static LoadLimit Of(int executions) => new(long.MaxValue, executions);

    /// <summary>False when no further execution may start.</summary>
    public bool Take() => Stopwatch.GetTimestamp() < _deadline && (_left == long.MaxValue || Interlocked.Decrement(ref _left) >= 0);
}
