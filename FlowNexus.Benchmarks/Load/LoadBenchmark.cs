using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Load;

/// <summary>
/// Load over HTTP against a real process. At the end the process is killed and started again on its folder: every
/// execution it had answered for must be on record.
/// </summary>
internal static class LoadBenchmark
{
    private const int WarmUpClients = 8;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var folder = space.Fresh("load");
        var measured = new List<Measurement>();
        var answered = new Dictionary<string, long>();
        var workloads = Workload.All.Where(one => command.Only is null || command.Only.Contains(one.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (workloads.Count == 0) throw new BenchmarkException($"--only names none of {string.Join(", ", Workload.All.Select(one => one.Name))}.");

        await using (var server = await ServerProcess.StartAsync(command.Server, folder, cancellationToken, command.ServerSettings))
        {
            using var http = LoopbackHttp.Create(1);
            var api = new FlowNexusApi(http, server.Address);
            var ids = new Dictionary<string, string>();
            foreach (var workload in workloads)
            {
                ids[workload.Name] = await api.CreateWorkflowAsync(workload.Definition, cancellationToken);
                answered[ids[workload.Name]] = 0;
            }

            // Everything is warm before anything is measured; the compiler of the server works in tiers.
            foreach (var workload in workloads)
                await LoadAsync(workload, WarmUpClients, LoadLimit.For(command.WarmUp / workloads.Count));

            foreach (var workload in workloads)
            {
                foreach (var clients in workload.Clients)
                {
                    var run = await LoadAsync(workload, clients, command.Requests is { } requests ? LoadLimit.Of(requests) : LoadLimit.For(command.Duration));
                    measured.Add(Measured(workload, clients, run));
                    Console.WriteLine($"{workload.Name,-4} clients {clients,3}  {run.PerSecond,8:0} executions/s  p50 {run.Latency.P50:0.00} ms");
                }
            }

            await ProveAsync(api, answered, "under load", cancellationToken);
            measured.Add(new Measurement("load_memory", "memory after the load", server.ResidentBytes() / 1e6, "MB"));

            async Task<LoadRun> LoadAsync(Workload workload, int clients, LoadLimit limit)
            {
                var id = ids[workload.Name];
                var run = await LoadRun.MeasureAsync([api.Execute(id)], clients, limit, cancellationToken);
                answered[id] += run.Executions;
                return run;
            }
        }

        await using var again = await ServerProcess.StartAsync(command.Server, folder, cancellationToken, command.ServerSettings);
        using var client = LoopbackHttp.Create(1);
        await ProveAsync(new FlowNexusApi(client, again.Address), answered, "after SIGKILL and a new start", cancellationToken);
        return measured;
    }

    private static async Task ProveAsync(FlowNexusApi api, Dictionary<string, long> answered, string when, CancellationToken cancellationToken)
    {
        foreach (var (workflow, expected) in answered)
        {
            var recorded = await api.CountExecutionsAsync(workflow, cancellationToken);
            if (recorded != expected) throw new BenchmarkException($"{workflow} answered for {expected} executions and has {recorded} on record {when}.");
        }

        Console.WriteLine($"{answered.Values.Sum():N0} executions answered, all on record {when}.");
    }

    /// <summary>Many clients are judged by what gets through, one client by how long it waits.</summary>
    private static Measurement Measured(Workload workload, int clients, LoadRun run)
    {
        var title = $"{workload.Name}, {clients} {(clients == 1 ? "client" : "clients")} ({workload.What})";
        var id = $"{workload.Name}_{clients}";
        var one = clients == 1 ? new Measurement(id, title, run.Latency.P50, "ms") : new Measurement(id, title, run.PerSecond, "executions/s");
        return one with { Target = Targets.Load(workload.Name, clients), Latency = run.Latency, Samples = run.Executions };
    }
}
