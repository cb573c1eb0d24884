using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Startup;

/// <summary>Time to the first successful answer, with a fresh data folder and with a used one, and memory when idle.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var cold = new List<double>();
        var warm = new List<double>();
        var resident = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var folder = space.Fresh("startup");
            await using (var first = await ServerProcess.StartAsync(command.Server, folder, cancellationToken))
            {
                cold.Add(first.StartUp.TotalSeconds);
                if (round == Rounds - 1)
                {
                    await Task.Delay(Idle, TimeProvider.System, cancellationToken);
                    resident = first.ResidentBytes() / 1e6;
                }

                await first.StopAsync(cancellationToken);
            }

            await using var second = await ServerProcess.StartAsync(command.Server, folder, cancellationToken);
            warm.Add(second.StartUp.TotalSeconds);
            Console.WriteLine($"start {round + 1}: fresh folder {cold[^1]:0.00} s, used folder {warm[^1]:0.00} s");
        }

        return
        [
            new Measurement("start_cold", "start on a fresh folder, to the first answer", Median(cold), "s") { Target = Targets.ColdStart, Samples = Rounds },
            new Measurement("start_warm", "start on a used folder, to the first answer", Median(warm), "s") { Samples = Rounds },
            new Measurement("memory_idle", "memory, idle for 10 s", resident, "MB") { Target = Targets.IdleMemory },
        ];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
