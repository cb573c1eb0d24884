using FlowNexus.Benchmarks;
using FlowNexus.Benchmarks.Cluster;
using FlowNexus.Benchmarks.Designer;
using FlowNexus.Benchmarks.Dispatch;
using FlowNexus.Benchmarks.Generate;
using FlowNexus.Benchmarks.Growth;
using FlowNexus.Benchmarks.Journal;
using FlowNexus.Benchmarks.Load;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Sleepers;
using FlowNexus.Benchmarks.Startup;
using FlowNexus.Tests.Kit;

if (CommandLine.Read(args, Console.Error) is not { } command) return 2;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

List<Measurement> measured = [];
var broken = false;
try
{
    using var space = new WorkSpace(command.Folder);
    await using var postgres = command.Postgres == "own" ? await PostgresServer.StartAsync() : null;
    if (postgres is not null) command = command with { Postgres = await postgres.CreateDatabaseAsync("bench") };
    if (command.Runs("startup")) measured.AddRange(await StartupBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("journal")) measured.AddRange(command.Postgres is { } database ? await PostgresJournalBenchmark.RunAsync(command, database, stop.Token) : await JournalBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("load")) measured.AddRange(await LoadBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("generate")) await Generation.RunAsync(command, command.To!, stop.Token);
    if (command.Runs("growth")) measured.AddRange(await GrowthBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("sleepers")) measured.AddRange(await SleepersBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("dispatch")) measured.AddRange(await DispatchBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("takeover")) measured.AddRange(await TakeoverBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("designer")) measured.AddRange(await DesignerBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("live")) measured.AddRange(await LiveBenchmark.RunAsync(command, space, stop.Token));
    if (command.Runs("nodes")) measured.AddRange(await NodesBenchmark.RunAsync(command, space, stop.Token));
}
catch (BenchmarkException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    broken = true;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}

if (measured.Count > 0) ResultTable.Write(measured, Console.Out);
if (command.Out is { } file)
{
    await ResultFile.WriteAsync(measured, file);
    Console.WriteLine($"JSON: {file}");
}

return broken || measured.Any(one => one.Verdict == Verdict.Below) ? 1 : 0;
