using FlowNexus.Benchmarks.Load;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Cluster;

/// <summary>What nodes add: each is held to the same share of a core, the load program and the database have the rest.</summary>
internal static class NodesBenchmark
{
    private const double Cores = 0.25;
    private const int Clients = 32;
    private static readonly int[] Sizes = [1, 3];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var workload = Workload.All.First(one => one.Name == "W1");
        List<CpuQuota> quotas = [];
        List<(int Nodes, LoadRun Run)> runs = [];
        try
        {
            await using var cluster = await BenchmarkCluster.StartAsync(command, space.Fresh("nodes"), Sizes.Max(), cancellationToken);
            var workflow = await cluster.Api(cluster.Nodes[0]).CreateWorkflowAsync(workload.Definition, cancellationToken);
            await LoadAsync(Sizes.Max(), command.WarmUp);
            foreach (var node in cluster.Nodes)
            {
                quotas.Add(new CpuQuota(Cores));
                quotas[^1].Hold(node.ProcessId);
            }

            // In turns, so that whatever else the machine does falls on both.
            for (var round = 0; round < 3; round++)
            {
                foreach (var size in Sizes)
                {
                    runs.Add((size, await LoadAsync(size, command.Duration)));
                    Console.WriteLine($"{size} {(size == 1 ? "node" : "nodes")} of {Cores} cores: {runs[^1].Run.PerSecond:0}/s");
                }
            }

            Task<LoadRun> LoadAsync(int nodes, TimeSpan duration) => LoadRun.MeasureAsync([.. cluster.Nodes.Take(nodes).Select(node => cluster.Api(node).Execute(workflow))], Clients, LoadLimit.For(duration), cancellationToken);
        }
        finally
        {
            foreach (var quota in quotas) quota.Dispose();
        }

        var (one, three) = (Rate(1), Rate(3));
        return
        [
            Measured("nodes_1", $"W1, 1 node of {Cores} cores, PostgreSQL", 1, one),
            Measured("nodes_3", $"W1, 3 nodes of {Cores} cores each", 3, three),
            new Measurement("nodes_ratio", "three nodes against one", three / one, "times"),
        ];

        double Rate(int size) => runs.Where(run => run.Nodes == size).Average(run => run.Run.PerSecond);

        Measurement Measured(string id, string title, int size, double rate) => new(id, title, rate, "executions/s") { Samples = runs.Where(run => run.Nodes == size).Sum(run => run.Run.Executions) };
    }
}
