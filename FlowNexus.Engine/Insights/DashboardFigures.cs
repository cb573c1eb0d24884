namespace FlowNexus.Engine.Insights;

/// <summary>Makes the figures from what was counted and measured. Pure.</summary>
internal sealed class DashboardFigures(DashboardRange range, DateTimeOffset from, IReadOnlyDictionary<(string Status, int Bucket), long> counts, IReadOnlyList<MeasuredDuration> durations)
{
    private readonly ILookup<int, MeasuredDuration> _byBucket = durations.ToLookup(one => one.Bucket);

    /// <summary>Nothing ended.</summary>
    public bool IsEmpty => counts.Count == 0;

    public long Completed => Sum("completed");

    public long Failed => Sum("failed") + Sum("timed_out");

    public long Ended => Completed + Failed + Sum("cancelled");

    public double? SuccessRate => Rate(Completed, Failed);

    public double? DurationP95 => WeightedPercentile.Of(durations.Select(one => (one.Seconds, one.Stands)), .95);

    public bool AreSampled => durations.Any(one => one.Stands > 1);

    public IReadOnlyList<DashboardBucket> Buckets => [.. Enumerable.Range(0, range.Buckets).Select(number => new DashboardBucket(
        from + (range.Bucket * number),
        from + (range.Bucket * (number + 1)),
        Of("completed", number),
        Of("failed", number),
        Of("timed_out", number),
        Of("cancelled", number),
        Percentile(number, .5),
        Percentile(number, .95)))];

    public static double? Rate(long completed, long failed) => completed + failed == 0 ? null : (double)completed / (completed + failed);

    /// <returns>Of each workflow that completed something: its id, how many, and its percentiles; the slowest first.</returns>
    public IReadOnlyList<SlowWorkflow> Slowest(int most) =>
    [
        .. durations.GroupBy(one => one.WorkflowId)
            .Select(group => new SlowWorkflow(
                group.Key,
                group.Key,
                (long)Math.Round(group.Sum(one => one.Stands)),
                WeightedPercentile.Of(group.Select(one => (one.Seconds, one.Stands)), .5)!.Value,
                WeightedPercentile.Of(group.Select(one => (one.Seconds, one.Stands)), .95)!.Value))
            .OrderByDescending(one => one.DurationP95).ThenBy(one => one.WorkflowId, StringComparer.Ordinal).Take(most),
    ];

    private double? Percentile(int bucket, double share) => WeightedPercentile.Of(_byBucket[bucket].Select(one => (one.Seconds, one.Stands)), share);

    private long Of(string status, int bucket) => counts.GetValueOrDefault((status, bucket));

    private long Sum(string status) => counts.Where(pair => pair.Key.Status == status).Sum(pair => pair.Value);
}
