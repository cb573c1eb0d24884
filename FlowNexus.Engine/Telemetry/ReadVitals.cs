using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Telemetry;

/// <summary>Reads how the installation stands: every few seconds for the gauges, and whenever somebody asks.</summary>
internal sealed class ReadVitals(EngineDatabase database, EngineMeter meter, TimeProvider time, ILogger<ReadVitals> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task<Vitals> RunAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var now = UnixMicros.Of(time.GetUtcNow());
        var due = await context.Timers.OrderBy(row => row.DueAt).Select(row => (long?)row.DueAt).FirstOrDefaultAsync(cancellationToken);
        var vitals = new Vitals(
            await context.Executions.LongCountAsync(row => row.Status == "queued", cancellationToken),
            await context.Tasks.LongCountAsync(row => row.Status == "queued", cancellationToken),
            due < now ? TimeSpan.FromMicroseconds(now - due.Value) : TimeSpan.Zero);
        meter.Show(vitals);
        return vitals;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogDebug(failure, "The gauges could not be read; they keep their last values.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }
}
