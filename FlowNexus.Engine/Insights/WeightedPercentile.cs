namespace FlowNexus.Engine.Insights;

/// <summary>Percentiles by nearest rank: always a value that was measured. Pure.</summary>
public static class WeightedPercentile
{
    /// <param name="values">Each with how many it stands for.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>Null of nothing.</returns>
    public static double? Of(IEnumerable<(double Value, double Weight)> values, double share)
    {
        var sorted = values.OrderBy(one => one.Value).ToList();
        if (sorted.Count == 0) return null;
        var wanted = share * sorted.Sum(one => one.Weight);
        var seen = 0.0;
        foreach (var (value, weight) in sorted)
        {
            seen += weight;

            // Sums of shares are not exact.
            if (seen >= wanted - 1e-9) return value;
        }

        return sorted[^1].Value;
    }
}
