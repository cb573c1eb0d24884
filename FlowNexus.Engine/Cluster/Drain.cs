using FlowNexus.Engine.Cluster.Membership;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>
/// Takes a node out of service before anything of it stops: nothing new begins, attempts that run may finish within
/// <c>FlowNexus:DrainSeconds</c>, and what is left goes on on another node, or with the next start of one that is alone.
/// The node still answers meanwhile, and says so to whoever wants to start something.
/// </summary>
internal sealed class Drain(IServiceProvider services, ThisNode node, ExecutionHost host, TimerPump timers, IOptions<EngineOptions> options, ILogger<Drain> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var lease = node is { IsClustered: true, IsExpelled: false } ? (Lease?)services.GetService(typeof(Lease)) : null;
        node.Drain();
        await timers.DisposeAsync();
        Try(lease, static held => held.Drain());
        await host.DrainAsync(node.IsExpelled ? TimeSpan.Zero : TimeSpan.FromSeconds(options.Value.DrainSeconds));
        Try(lease, static held => held.Leave());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Try(Lease? lease, Action<Lease> act)
    {
        try
        {
            if (lease is not null) act(lease);
        }
        catch (Exception failure)
        {
            log.LogWarning("The other nodes could not be told that this one leaves: {Reason} They find out when its lease ends.", failure.Message);
        }
    }
}
