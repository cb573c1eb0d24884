using Quartz;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Rings schedules at given instants: all that is asked of Quartz, which starts with the first. Each is armed at most once at a time.</summary>
internal sealed class Alarm
{
    private static readonly JobKey Job = new("tick");

    private readonly Lazy<Task<IScheduler>> _scheduler;
    private volatile bool _stopping;

    public Alarm(ISchedulerFactory factory) => _scheduler = new Lazy<Task<IScheduler>>(() => StartAsync(factory));

    /// <summary>Rings once at an instant, or at once when it has passed; replaces what was armed under the name.</summary>
    public async Task SetAsync(AlarmName name, DateTimeOffset at)
    {
        if (_stopping) return;
        var scheduler = await _scheduler.Value;
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(Key(name)).ForJob(Job).StartAt(at).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace);
    }

    public async Task ClearAsync(AlarmName name)
    {
        if (_scheduler.IsValueCreated) await (await _scheduler.Value).UnscheduleJob(Key(name));
    }

    /// <summary>Rings no more; returns when those that rang are dealt with.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        if (_scheduler.IsValueCreated) await (await _scheduler.Value).Shutdown(waitForJobsToComplete: true);
    }

    private static async Task<IScheduler> StartAsync(ISchedulerFactory factory)
    {
        var scheduler = await factory.GetScheduler();
        await scheduler.AddJob(JobBuilder.Create<AlarmJob>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions());
        await scheduler.Start();
        return scheduler;
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
