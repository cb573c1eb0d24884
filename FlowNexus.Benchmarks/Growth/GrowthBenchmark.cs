using System.Diagnostics;
using FlowNexus.Benchmarks.Generate;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Growth;

/// <summary>What a database that has grown for a year costs: pages over HTTP one at a time, a start, memory.</summary>
internal static class GrowthBenchmark
{
    private const int WarmUp = 10;
    private const int MinimumRequests = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var folder = command.To ?? space.Fresh("growth");
        var generated = command.To is null || !File.Exists(Path.Combine(folder, "flownexus.db"));
        if (generated) await Generation.RunAsync(command, folder, cancellationToken);
        var fresh = await FreshStartAsync(command, space, cancellationToken);
        await using var server = await ServerProcess.StartAsync(command.Server, folder, cancellationToken, command.ServerSettings);
        Console.WriteLine($"start over it {server.StartUp.TotalSeconds:0.00} s, over nothing {fresh.TotalSeconds:0.00} s");
        await Task.Delay(Idle, TimeProvider.System, cancellationToken);
        var measured = new List<Measurement>
        {
            new("growth_start", "start, to the first answer", server.StartUp.TotalSeconds, "s") { Target = Targets.ColdStart },
            new("growth_start_fresh", "start on a fresh folder, just before", fresh.TotalSeconds, "s"),
            new("growth_memory", "memory, idle for 10 s", server.ResidentBytes() / 1e6, "MB") { Target = Targets.IdleMemory },
        };
        using var http = LoopbackHttp.Create(1);
        var api = new FlowNexusApi(http, server.Address);
        foreach (var query in await GrowthQueries.FindAsync(api, command.Executions, cancellationToken))
        {
            var requests = Math.Max(MinimumRequests, query.Paths.Count);
            await MeasureAsync(api, query, WarmUp, cancellationToken);
            var before = server.ProcessorTime();
            var latency = await MeasureAsync(api, query, requests, cancellationToken);
            var cost = (server.ProcessorTime() - before) / requests;
            Console.WriteLine($"{query.Title,-50} p50 {latency.P50,8:0.0}  p95 {latency.P95,8:0.0}  max {latency.Max,8:0.0} ms, processor {cost.TotalMilliseconds,6:0.0} ms each");
            measured.Add(new Measurement($"growth_{query.Id}", query.Title + ", p95", latency.P95, "ms") { Latency = latency, Target = query.Judged ? Targets.GrownPage : null, Samples = requests });
        }

        measured.Add(new Measurement("growth_memory_after", "memory after all of it", server.ResidentBytes() / 1e6, "MB"));
        return measured;
    }

    /// <summary>What the start would take without the rows: the machine may have other things to do.</summary>
    private static async Task<TimeSpan> FreshStartAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(command.Server, space.Fresh("beside"), cancellationToken);
        return server.StartUp;
    }

    private static async Task<Percentiles> MeasureAsync(FlowNexusApi api, GrowthQuery query, int requests, CancellationToken cancellationToken)
    {
        List<long> ticks = [];
        for (var i = 0; i < requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await api.GetBytesAsync(query.Paths[i % query.Paths.Count], cancellationToken);
            ticks.Add(Stopwatch.GetTimestamp() - started);
        }

        return Percentiles.Of(ticks);
    }
}
