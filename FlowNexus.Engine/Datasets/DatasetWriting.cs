using Microsoft.Extensions.Hosting;

namespace FlowNexus.Engine.Datasets;

/// <summary>
/// Writes the shipped datasets at the first start, once the application answers: they take a core for half a second,
/// and whoever needs one sooner writes it himself.
/// </summary>
internal sealed class DatasetWriting(DatasetCatalogue datasets, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested) await datasets.EnsureAsync(stoppingToken);
    }
}
