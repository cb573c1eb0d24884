using System.Globalization;

namespace FlowNexus.Benchmarks.Server;

/// <summary>A control group of Linux that holds processes to a share of one core. Needs root.</summary>
internal sealed class CpuQuota : IDisposable
{
    private const int Period = 100_000;
    private readonly string _folder;

    /// <param name="cores">Such as 0.25.</param>
    public CpuQuota(double cores)
    {
        // Version 1 has a hierarchy for each controller, version 2 one for all.
        var isFirst = Directory.Exists("/sys/fs/cgroup/cpu");
        _folder = Path.Combine(isFirst ? "/sys/fs/cgroup/cpu" : "/sys/fs/cgroup", $"flownexus-bench-{Path.GetRandomFileName()}");
        var quota = ((int)(cores * Period)).ToString(CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(_folder);
            if (isFirst)
            {
                File.WriteAllText(Path.Combine(_folder, "cpu.cfs_period_us"), Period.ToString(CultureInfo.InvariantCulture));
                File.WriteAllText(Path.Combine(_folder, "cpu.cfs_quota_us"), quota);
            }
            else
            {
                File.WriteAllText(Path.Combine(_folder, "cpu.max"), string.Create(CultureInfo.InvariantCulture, $"{quota} {Period}"));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"The share of a core cannot be fixed with control groups: {failure.Message} Run it as root on Linux.");
        }
    }

    public void Hold(int processId) => File.WriteAllText(Path.Combine(_folder, "cgroup.procs"), processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>After the process has ended.</summary>
    public void Dispose() => Directory.Delete(_folder);
}
