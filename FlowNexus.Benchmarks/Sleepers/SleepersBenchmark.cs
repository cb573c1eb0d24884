using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Dispatch;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Sleepers;

/// <summary>Executions that wait for a moment far away: what they cost in memory, and what a start over them costs.</summary>
internal static class SleepersBenchmark
{
    private const int Sleepers = 100_000;
    private const int WarmUp = 2_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var folder = space.Fresh("sleepers");
        using var http = LoopbackHttp.Create(Submission.Clients);
        List<Measurement> measured = [];
        double idle;
        await using (var server = await ServerProcess.StartAsync(command.Server, folder, cancellationToken, command.ServerSettings))
        {
            var api = new FlowNexusApi(http, server.Address);
            var workflow = await api.CreateWorkflowAsync(new JsonObject { ["name"] = "sleepers", ["steps"] = new JsonArray(new JsonObject { ["name"] = "sleep", ["type"] = "delay", ["duration"] = "30d" }) }, cancellationToken);

            // What has run once stays compiled: idle is after some of the same.
            await Submission.RunAsync(http, api, workflow, WarmUp, "{}", cancellationToken);
            await Submission.UntilAtRestAsync(api, cancellationToken);
            idle = await RestingAsync(server);
            var started = Stopwatch.GetTimestamp();
            await Submission.RunAsync(http, api, workflow, Sleepers, "{}", cancellationToken);
            await Submission.UntilAtRestAsync(api, cancellationToken);
            Console.WriteLine($"{Sleepers:N0} went to sleep in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            var asleep = await RestingAsync(server);
            measured.Add(new Measurement("sleepers_idle", "memory before", idle, "MB"));
            measured.Add(new Measurement("sleepers_memory", $"memory above that with {Sleepers:N0} asleep", asleep - idle, "MB") { Target = Targets.SleepersMemory, Samples = Sleepers });
            await server.StopAsync(cancellationToken);
        }

        await using var again = await ServerProcess.StartAsync(command.Server, folder, cancellationToken, command.ServerSettings);
        measured.Add(new Measurement("sleepers_start", "start over them, to the first answer", again.StartUp.TotalSeconds, "s") { Target = Targets.ColdStart });
        measured.Add(new Measurement("sleepers_memory_restarted", "memory after that start, above before", await RestingAsync(again) - idle, "MB") { Target = Targets.SleepersMemory });
        return measured;

        async Task<double> RestingAsync(ServerProcess server)
        {
            await Task.Delay(Idle, TimeProvider.System, cancellationToken);
            return server.ResidentBytes() / 1e6;
        }
    }
}
