using System.Diagnostics;
using System.Globalization;

namespace FlowNexus.Tests.Scenarios.Soak;

/// <summary>What was seen of a server while it ran.</summary>
/// <param name="MemoryByTenth">Mean resident memory of each tenth of the time, in MB, without the journal's page cache. The first two are the warm-up.</param>
/// <param name="LargestLog">Of the write-ahead log, in MB.</param>
/// <param name="LargestFile">Of the database, in MB.</param>
internal sealed record SoakMeasures(IReadOnlyList<double> MemoryByTenth, double LargestLog, double LargestFile)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>The page cache of the journal (PRAGMA cache_size) fills as the file grows and then stays: a limit, not a leak.</summary>
    private const double PageCache = 64;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>From the third tenth to the last; 0.1 is a tenth more.</summary>
    public double MemoryGrowth => (MemoryByTenth[9] / MemoryByTenth[2]) - 1;

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

        if (failed.IsCompleted) await failed;
        return new SoakMeasures([.. samples.GroupBy(sample => (int)(sample.Seconds * 10 / length.TotalSeconds)).Select(tenth => tenth.Average(sample => sample.Memory))], log, file);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"memory {MemoryGrowth:+0.0%;-0.0%} after the warm-up ({string.Join(' ', MemoryByTenth.Select(tenth => tenth.ToString("0", CultureInfo.InvariantCulture)))} MB); log at most {LargestLog:0.0} MB, file at most {LargestFile:0.0} MB");

    private static double Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length / Megabyte : 0;
}
