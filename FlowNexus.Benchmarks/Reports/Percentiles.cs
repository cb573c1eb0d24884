using System.Diagnostics;

namespace FlowNexus.Benchmarks.Reports;

/// <summary>Latencies in milliseconds, nearest rank.</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    /// <param name="ticks">Durations in <see cref="Stopwatch"/> ticks; sorted in place, not empty.</param>
    public static Percentiles Of(List<long> ticks)
    {
        ticks.Sort();
        return new Percentiles(At(0.50), At(0.95), At(0.99), At(1));

        double At(double share) =>
            ticks[Math.Max(0, (int)Math.Ceiling(share * ticks.Count) - 1)] * 1000.0 / Stopwatch.Frequency;
    }
}
