using Microsoft.Extensions.Hosting;

namespace FlowNexus.Engine.Datasets;

/// <summary>Writes the shipped datasets at the first start, beside everything else: whoever needs one sooner waits for it.</summary>
internal sealed class DatasetWriting(DatasetCatalogue datasets) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => datasets.EnsureAsync(stoppingToken);
}
