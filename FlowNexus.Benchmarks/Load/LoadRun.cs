using System.Diagnostics;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Load;

/// <summary>What a number of clients reached together.</summary>
internal sealed record LoadRun(long Executions, double PerSecond, Percentiles Latency)
{
    /// <param name="executes">Where clients start executions, by turns: one address for each node.</param>
    public static async Task<LoadRun> MeasureAsync(IReadOnlyList<Uri> executes, int clients, LoadLimit limit, CancellationToken cancellationToken)
    {
        using var http = LoopbackHttp.Create(clients);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Enumerable.Range(0, clients).Select(client => new LoadClient(http, executes[client % executes.Count])).ToArray();
        var started = Stopwatch.GetTimestamp();
        var running = all.Select(client => Task.Run(() => RunAsync(client, limit, stop), cancellationToken)).ToArray();
        await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (FirstFailure(running) is { } failure) throw failure;
        cancellationToken.ThrowIfCancellationRequested();
        var latencies = all.SelectMany(client => client.Latencies).ToList();
        return new LoadRun(latencies.Count, latencies.Count / elapsed.TotalSeconds, Percentiles.Of(latencies));
    }

    /// <summary>The first client that fails stops the others.</summary>
    private static async Task RunAsync(LoadClient client, LoadLimit limit, CancellationTokenSource stop)
    {
        try
        {
            await client.RunAsync(limit, stop.Token);
        }
        catch (HttpRequestException failure)
        {
            await stop.CancelAsync();
            throw new BenchmarkException($"The server broke a connection: {failure.Message}");
        }
        catch (BenchmarkException)
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static Exception? FirstFailure(IEnumerable<Task> tasks) =>
        tasks.Select(task => task.Exception?.InnerException).FirstOrDefault(failure => failure is not null);
}
