using Quartz;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Rings schedules at given instants: all that is asked of Quartz. Each is armed at most once at a time.</summary>
internal sealed class Alarm(ISchedulerFactory factory)
{
    private static readonly JobKey Job = new("tick");

    private IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        await scheduler.AddJob(JobBuilder.Create<AlarmJob>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions(), cancellationToken);
        await scheduler.Start(cancellationToken);
        _scheduler = scheduler;
    }

    /// <summary>Rings once at an instant, or at once when it has passed; replaces what was armed under the name.</summary>
    public async Task SetAsync(AlarmName name, DateTimeOffset at)
    {
        if (_scheduler is not { } scheduler) return;
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(Key(name)).ForJob(Job).StartAt(at).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace);
    }

    public async Task ClearAsync(AlarmName name)
    {
        if (_scheduler is { } scheduler) await scheduler.UnscheduleJob(Key(name));
    }

    /// <summary>Rings no more; returns when those that rang are dealt with.</summary>
    public async Task StopAsync()
    {
        if (_scheduler is { } scheduler) await scheduler.Shutdown(waitForJobsToComplete: true);
    }

    private static TriggerKey Key(AlarmName name) => new(name.TriggerKey, name.WorkflowId);
}

/// <summary>One schedule of one workflow.</summary>
internal readonly record struct AlarmName(string WorkflowId, string TriggerKey);

/// <summary>What Quartz runs at a due instant.</summary>
internal sealed class AlarmJob(Schedules schedules) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var key = context.Trigger.Key;
        await schedules.RingAsync(new AlarmName(key.Group, key.Name), context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
    }
}
