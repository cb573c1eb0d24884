using System.Threading.Channels;
using FlowNexus.Engine.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>
/// Brings schedules up once the whole engine has started, without holding the start up, follows what becomes of
/// workflows, and stops them before anything else stops.
/// </summary>
internal sealed class ScheduleStart(Schedules schedules, Alarm alarm, EventFeed feed, TimeProvider time, ILogger<ScheduleStart> log) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private IDisposable? _events;
    private Task _following = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // Before anything is read, so that no change falls between the reading and the listening.
        _events = feed.Subscribe(row =>
        {
            if (row.Stream == row.WorkflowId && row.Type.StartsWith("workflow_", StringComparison.Ordinal)) _changed.Writer.TryWrite(row.Stream);
        });
        var startedAt = time.GetUtcNow();
        _following = Task.Run(() => FollowAsync(startedAt, _stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _events?.Dispose();
        await _stop.CancelAsync();
        await _following;
        await alarm.StopAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task FollowAsync(DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        try
        {
            await schedules.LoadAsync(startedAt, cancellationToken);
            await foreach (var workflowId in _changed.Reader.ReadAllAsync(cancellationToken)) await ReloadAsync(workflowId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops.
        }
        catch (Exception failure)
        {
            log.LogCritical(failure, "Schedules do not run: they could not be started.");
        }
    }

    private async Task ReloadAsync(string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            await schedules.ReloadAsync(workflowId, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(failure, "The schedules of workflow {Workflow} could not be read; the ones it had go on.", workflowId);
        }
    }
}
