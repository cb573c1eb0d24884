using System.Collections.Concurrent;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>The schedules of the active workflows: keeps each armed for its next tick and deals with the ticks that are due.</summary>
internal sealed class Schedules(ActiveSchedules active, FireTick fire, TickLog log, Alarm alarm, TimeProvider time, ILogger<Schedules> messages)
{
    /// <summary>How late a tick may be, while the process runs, and still start: a busy machine is not an outage, a sleeping laptop is.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<AlarmName, Watch> _watches = new();

    /// <summary>Schedules that are armed.</summary>
    public int Count => _watches.Count;

    /// <summary>The next ticks of all schedules, each schedule once; the soonest first.</summary>
    public IReadOnlyList<(string WorkflowId, ScheduleTrigger Schedule, DateTimeOffset At)> Upcoming(DateTimeOffset now, int most)
    {
        List<(string WorkflowId, ScheduleTrigger Schedule, DateTimeOffset At)> ticks = [];
        foreach (var (name, watch) in _watches)
            if (watch.Schedule is var schedule && schedule.Timetable.NextAfter(now) is { } next) ticks.Add((name.WorkflowId, schedule, schedule.Timetable.Local(next)));
        return [.. ticks.OrderBy(tick => tick.At).ThenBy(tick => tick.WorkflowId, StringComparer.Ordinal).Take(most)];
    }

    /// <summary>Arms everything as the process starts.</summary>
    /// <param name="startedAt">What fell due before is missed; what falls due while this still reads is not.</param>
    public async Task LoadAsync(DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        await foreach (var (workflow, schedules) in active.AllAsync(cancellationToken))
            await FollowAsync(workflow, schedules, startedAt, cancellationToken);
    }

    /// <summary>Arms what a workflow has now. A schedule that it had before goes on as if nothing happened.</summary>
    public async Task ReloadAsync(string workflowId, CancellationToken cancellationToken)
    {
        var (workflow, schedules) = await active.OfAsync(workflowId, cancellationToken);
        var kept = schedules.Select(schedule => schedule.Key).ToHashSet();
        foreach (var name in _watches.Keys.Where(name => name.WorkflowId == workflowId && !kept.Contains(name.TriggerKey)))
        {
            _watches.TryRemove(name, out _);
            await alarm.ClearAsync(name);
        }

        if (workflow is not null) await FollowAsync(workflow, schedules, null, cancellationToken);
    }

    /// <summary>Called at the instant a schedule was armed for, possibly a moment early.</summary>
    public async Task RingAsync(AlarmName name, DateTimeOffset due)
    {
        if (!_watches.TryGetValue(name, out var watch)) return;
        var now = time.GetUtcNow();
        await GoOnAsync(name, watch, now > due ? now : due, Grace);
    }

    private async Task FollowAsync(WorkflowRow workflow, IReadOnlyList<ScheduleTrigger> schedules, DateTimeOffset? startedAt, CancellationToken cancellationToken)
    {
        if (schedules.Count == 0) return;
        var last = await log.LastAsync(workflow.Id, cancellationToken);
        foreach (var schedule in schedules)
        {
            var name = new AlarmName(workflow.Id, schedule.Key);
            if (_watches.TryGetValue(name, out var known))
            {
                known.Schedule = schedule;
                continue;
            }

            var since = last.TryGetValue(schedule.Key, out var tick) ? Math.Max(tick.DueAt, workflow.UpdatedAt) : workflow.UpdatedAt;
            var watch = _watches[name] = new Watch(schedule, UnixMicros.Read(since));
            var now = time.GetUtcNow();
            await GoOnAsync(name, watch, now, startedAt is { } at ? now - at : Grace);
        }
    }

    private async Task GoOnAsync(AlarmName name, Watch watch, DateTimeOffset now, TimeSpan grace)
    {
        var schedule = watch.Schedule;
        DateTimeOffset? wakeAt;
        try
        {
            var decision = TickPlanner.Decide(schedule.Timetable, watch.After, now, grace, schedule.Missed);
            await fire.RunAsync(name.WorkflowId, schedule, decision);
            if (decision.Start is { } started) watch.After = started;
            else if (decision.Skipped is { } skipped) watch.After = skipped.Last;
            wakeAt = decision.Next;
        }
        catch (Exception failure)
        {
            // Nothing is lost: what was dealt with is recorded, and the rest is decided again.
            messages.LogError(failure, "A tick of workflow {Workflow} could not be recorded; it is tried again in {Seconds} s.", name.WorkflowId, RetryAfter.TotalSeconds);
            wakeAt = now + RetryAfter;
        }

        if (wakeAt is { } at && IsWatched(name, watch)) await ArmAsync(name, watch, at);
    }

    private async Task ArmAsync(AlarmName name, Watch watch, DateTimeOffset at)
    {
        await alarm.SetAsync(name, at);

        // Taken out or replaced in the meantime: whoever did that cleared or set the alarm before this did.
        if (IsWatched(name, watch)) return;
        if (_watches.ContainsKey(name)) await alarm.SetAsync(name, time.GetUtcNow());
        else await alarm.ClearAsync(name);
    }

    private bool IsWatched(AlarmName name, Watch watch) => _watches.TryGetValue(name, out var current) && ReferenceEquals(current, watch);

    private sealed class Watch(ScheduleTrigger schedule, DateTimeOffset after)
    {
        /// <summary>As the newest version has it.</summary>
        public ScheduleTrigger Schedule { get; set; } = schedule;

        /// <summary>Up to here everything is dealt with.</summary>
        public DateTimeOffset After { get; set; } = after;
    }
}
