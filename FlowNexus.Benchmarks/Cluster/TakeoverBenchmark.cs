using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Reports;

namespace FlowNexus.Benchmarks.Cluster;

/// <summary>
/// One of three nodes is killed in the middle of executions that wait for somebody else's answer. Measured is the time
/// until each of them has begun its next attempt on another node, by the events.
/// </summary>
internal static class TakeoverBenchmark
{
    private const int Rounds = 10;
    private const int Held = 5;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        // Takes connections and never answers.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(backlog: 1000);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        await using var cluster = await BenchmarkCluster.StartAsync(command with { AllowLoopback = true }, space.Fresh("takeover"), 3, cancellationToken);
        var workflow = await cluster.Api(cluster.Nodes[0]).CreateWorkflowAsync(new JsonObject { ["name"] = "held", ["steps"] = new JsonArray(new JsonObject { ["name"] = "ask", ["type"] = "http_request", ["url"] = url, ["timeout"] = 3600 }) }, cancellationToken);
        List<double> taken = [];
        for (var round = 1; round <= Rounds; round++)
        {
            var victim = cluster.Nodes[0];
            var api = cluster.Api(victim);
            List<string> held = [];
            for (var i = 0; i < Held; i++) held.Add(await api.StartAsync(workflow, cancellationToken));
            foreach (var id in held) await BenchmarkCluster.UntilAsync(api, $"executions/{id}", body => Attempt(body) == 1, cancellationToken);
            var at = TimeProvider.System.GetUtcNow();
            await victim.DisposeAsync();
            cluster.Nodes.RemoveAt(0);
            var other = cluster.Api(cluster.Nodes[0]);
            List<double> times = [];
            foreach (var id in held)
            {
                var events = await BenchmarkCluster.UntilAsync(other, $"audit?execution_id={id}", body => body["events"]!.AsArray().Count(one => (string?)one!["type"] == "step_started") > 1, cancellationToken);
                var again = events["events"]!.AsArray().Last(one => (string?)one!["type"] == "step_started")!["timestamp"]!.GetValue<DateTimeOffset>();
                times.Add((again - at).TotalSeconds);
            }

            foreach (var id in held) await other.CancelAsync(id, cancellationToken);
            taken.Add(times.Max());
            Console.WriteLine($"round {round,2}: the last of {Held} executions went on after {taken[^1]:0.00} s");
            await cluster.AddAsync(cancellationToken);
        }

        taken.Sort();
        return
        [
            new Measurement("takeover_median", "takeover after a node was killed, median", taken[Rounds / 2], "s") { Target = Targets.Takeover, Samples = Rounds },
            new Measurement("takeover_max", "takeover after a node was killed, longest", taken[^1], "s") { Target = Targets.Takeover, Samples = Rounds },
        ];
    }

    private static int Attempt(JsonNode status) => status["current_step"] is { } step && (string?)step["status"] == "in_progress" ? step["attempt"]!.GetValue<int>() : 0;
}
