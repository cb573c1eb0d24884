using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Insights;

/// <summary>Counts and measures what ended in a stretch of time. Counts read one index and no row; durations read the latest rows of each bucket.</summary>
internal sealed class EndedExecutions(FlowNexusDbContext context, DateTimeOffset from, DateTimeOffset until, TimeSpan bucket)
{
    /// <summary>Durations that are read of one bucket: enough for its percentiles, few enough to be quick however many there are.</summary>
    public const int MostOfABucket = 200;

    /// <summary>The same where only the percentile over all buckets is wanted.</summary>
    public const int FewOfABucket = 50;

    private readonly long _from = UnixMicros.Of(from);
    private readonly long _until = UnixMicros.Of(until);
    private readonly long _size = (long)bucket.TotalMicroseconds;

    /// <returns>How many ended how in which bucket.</returns>
    public async Task<IReadOnlyDictionary<(string Status, int Bucket), long>> CountAsync()
    {
        var (start, end, size) = (_from, _until, _size);
        var groups = await context.Executions
            .Where(row => new[] { "completed", "failed", "cancelled", "timed_out" }.Contains(row.Status) && row.FinishedAt >= start && row.FinishedAt < end)
            .GroupBy(row => new { row.Status, Bucket = (row.FinishedAt!.Value - start) / size })
            .Select(group => new { group.Key.Status, group.Key.Bucket, Count = group.LongCount() })
            .ToListAsync();
        return groups.ToDictionary(group => (group.Status, (int)group.Bucket), group => group.Count);
    }

    /// <returns>Durations of completed executions, each with its bucket and how many it stands for.</returns>
    public async Task<IReadOnlyList<MeasuredDuration>> MeasureAsync(IReadOnlyDictionary<(string Status, int Bucket), long> counts, int mostOfABucket = MostOfABucket)
    {
        List<MeasuredDuration> measured = [];
        foreach (var (number, count) in counts.Where(pair => pair.Key.Status == "completed").Select(pair => (pair.Key.Bucket, pair.Value)).Order())
        {
            var (start, end) = (_from + (number * _size), Math.Min(_until, _from + ((number + 1) * _size)));
            var rows = await context.Executions
                .Where(row => row.Status == "completed" && row.FinishedAt >= start && row.FinishedAt < end)
                .OrderByDescending(row => row.FinishedAt)
                .Take(mostOfABucket)
                .Select(row => new { row.WorkflowId, row.StartedAt, row.FinishedAt })
                .ToListAsync();
            measured.AddRange(rows.Select(row => new MeasuredDuration(row.WorkflowId, number, (row.FinishedAt!.Value - (row.StartedAt ?? row.FinishedAt.Value)) / 1e6, Math.Max(1, (double)count / rows.Count))));
        }

        return measured;
    }
}

/// <param name="Stands">How many executions it stands for; 1 when all were read.</param>
internal readonly record struct MeasuredDuration(string WorkflowId, int Bucket, double Seconds, double Stands);
