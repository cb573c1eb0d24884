using System.Diagnostics;
using System.Runtime.InteropServices;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;

namespace FlowNexus.Engine.Health;

/// <summary>What this process is and how it does, for whoever runs it.</summary>
public sealed class GetVitals(CheckHealth health, EngineDatabase database, DataFolder folder, ThisNode node, TimeProvider time)
{
    /// <exception cref="ProblemException">FORBIDDEN.</exception>
    public async Task<VitalsView> RunAsync(Principal principal, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        var report = await health.RunAsync(cancellationToken);
        using var process = Process.GetCurrentProcess();
        return new VitalsView
        {
            Status = report.Status,
            Checks = report.Checks,
            Version = ThisNode.Version,
            Node = node.Id,
            Clustered = node.IsClustered,
            StartedAt = node.StartedAt,
            UptimeSeconds = Math.Round((time.GetUtcNow() - node.StartedAt).TotalSeconds, 1),
            DataFolder = folder.Root,
            Database = database.IsPostgres ? "postgresql" : "sqlite",
            DatabaseBytes = database.IsPostgres ? null : Size(folder.Database),
            WriteAheadLogBytes = database.IsPostgres ? null : Size(folder.Database + "-wal"),
            MemoryBytes = process.WorkingSet64,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            ProcessorSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds, 1),
            Processors = Environment.ProcessorCount,
            Threads = process.Threads.Count,
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
        };
    }

    private static long? Size(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : null;
}

/// <summary>One node as its operators see it.</summary>
public sealed record VitalsView
{
    public bool Success { get; } = true;

    public required HealthStatus Status { get; init; }

    public required IReadOnlyList<HealthCheck> Checks { get; init; }

    public required string Version { get; init; }

    public required string Node { get; init; }

    public required bool Clustered { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double UptimeSeconds { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>sqlite or postgresql.</summary>
    public required string Database { get; init; }

    /// <summary>Null on PostgreSQL.</summary>
    public required long? DatabaseBytes { get; init; }

    /// <summary>Null on PostgreSQL.</summary>
    public required long? WriteAheadLogBytes { get; init; }

    /// <summary>Of the process, as the operating system counts it.</summary>
    public required long MemoryBytes { get; init; }

    public required long HeapBytes { get; init; }

    public required double ProcessorSeconds { get; init; }

    public required int Processors { get; init; }

    public required int Threads { get; init; }

    public required string Runtime { get; init; }

    public required string OperatingSystem { get; init; }
}
