using System.Diagnostics;
using System.Globalization;

namespace FlowNexus.Tests.Scenarios.Soak;

/// <summary>What was seen of a server while it ran.</summary>
/// <param name="MemoryMegabytes">Resident memory without the journal's page cache, in the middle of the time after the warm-up.</param>
/// <param name="MemoryGrowth">Of that memory, how much the straight line through all samples after the warm-up rises from end to end; 0.1 is a tenth.</param>
/// <param name="LargestLog">Of the write-ahead log, in MB.</param>
/// <param name="LargestFile">Of the database, in MB.</param>
/// <param name="MemoryByTenth">Mean memory of each tenth of the time, the warm-up included: what a failure is understood by.</param>
internal sealed record SoakMeasures(double MemoryMegabytes, double MemoryGrowth, double LargestLog, double LargestFile, IReadOnlyList<double> MemoryByTenth)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>The page cache of the journal (PRAGMA cache_size) fills as the file grows and then stays: a limit, not a leak.</summary>
    private const double PageCache = 64;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public static async Task<SoakMeasures> TakeAsync(int processId, string database, TimeSpan length, Task failed)
    {
        using var process = Process.GetProcessById(processId);
        List<(double Seconds, double Memory)> samples = [];
        var (log, file) = (0.0, 0.0);
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < length && !failed.IsCompleted)
        {
            process.Refresh();
            samples.Add((Stopwatch.GetElapsedTime(since).TotalSeconds, (process.WorkingSet64 / Megabyte) - Math.Min(PageCache, Size(database))));
            log = Math.Max(log, Size(database + "-wal"));
            file = Math.Max(file, Size(database));
            await Task.WhenAny(failed, Task.Delay(Between, TimeProvider.System, TestContext.Current.CancellationToken));
        }

        var warm = samples.FindAll(sample => sample.Seconds > length.TotalSeconds / 3);
        if (failed.IsCompleted) await failed;
        var (middle, slope) = Line(warm);
        return new SoakMeasures(middle, slope * (warm[^1].Seconds - warm[0].Seconds) / middle, log, file, [.. samples.GroupBy(sample => (int)(sample.Seconds * 10 / length.TotalSeconds)).Select(tenth => tenth.Average(sample => sample.Memory))]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"memory {MemoryMegabytes:0} MB, {MemoryGrowth:+0.0%;-0.0%} after the warm-up ({string.Join(' ', MemoryByTenth.Select(tenth => tenth.ToString("0", CultureInfo.InvariantCulture)))}); log at most {LargestLog:0.0} MB, file at most {LargestFile:0.0} MB");

    /// <summary>Least squares: the mean, and the rise a second.</summary>
    private static (double Mean, double Slope) Line(List<(double Seconds, double Memory)> samples)
    {
        var (t, m) = (samples.Average(sample => sample.Seconds), samples.Average(sample => sample.Memory));
        return (m, samples.Sum(sample => (sample.Seconds - t) * (sample.Memory - m)) / samples.Sum(sample => (sample.Seconds - t) * (sample.Seconds - t)));
    }

    private static double Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length / Megabyte : 0;
}
