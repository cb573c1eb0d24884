using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Problems;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Retention;

/// <summary>Runs a round soon after the start and then at every interval. In a cluster the first of the nodes does.</summary>
internal sealed class RetentionRounds(ApplyRetention apply, Nodes nodes, ThisNode node, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionRounds> log) : BackgroundService
{
    /// <summary>A start has other things to do.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = TimeSpan.FromSeconds(options.Value.IntervalSeconds);
        try
        {
            await Task.Delay(interval < AfterStart ? interval : AfterStart, time, stoppingToken);
            while (true)
            {
                if (string.Equals(nodes.Present.Min(StringComparer.Ordinal), node.Id, StringComparison.Ordinal)) await TryAsync(stoppingToken);
                await Task.Delay(interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await apply.RunAsync(stoppingToken);
        }
        catch (ProblemException storage)
        {
            // The journal has logged what is wrong with the storage.
            log.LogDebug(storage, "A round of retention was cut short.");
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogError(failure, "A round of retention failed; the next one goes on where it stopped.");
        }
    }
}
