using System.Collections.Concurrent;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Triggers.Schedule;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Insights;

/// <summary>Tells how the installation does: what runs, what failed and why, how much and how fast, what is due.</summary>
public sealed class GetDashboard
{
    private const int MostListed = 6;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly EngineDatabase _database;
    private readonly FindExecutions _find;
    private readonly GetQueueStatus _queues;
    private readonly Schedules _schedules;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<DashboardRange, SharedReading<DashboardView>> _readings = new();

    internal GetDashboard(EngineDatabase database, FindExecutions find, GetQueueStatus queues, Schedules schedules, TimeProvider time)
    {
        _database = database;
        _find = find;
        _queues = queues;
        _schedules = schedules;
        _time = time;
    }

    /// <exception cref="Problems.ProblemException">INVALID_REQUEST, FORBIDDEN.</exception>
    public Task<DashboardView> RunAsync(Principal principal, string? range = null)
    {
        principal.Demand(Permission.Read);
        return _readings.GetOrAdd(DashboardRange.Of(range), one => new SharedReading<DashboardView>(() => ReadAsync(one), Pause, _time)).ReadAsync();
    }

    private async Task<DashboardView> ReadAsync(DashboardRange range)
    {
        var now = _time.GetUtcNow();
        var (from, until) = range.Window(now);
        await using var context = _database.Read();
        var figures = await FiguresAsync(context, range, from, until, EndedExecutions.MostOfABucket);
        var before = await FiguresAsync(context, range, from - Week, now - Week, EndedExecutions.FewOfABucket);
        var buckets = figures.Buckets;
        return new DashboardView
        {
            Range = range.Word,
            From = from,
            Until = until,
            At = UnixMicros.Truncate(now),
            Ended = new Trend(figures.Ended, before.IsEmpty ? null : before.Ended, [.. buckets.Select(one => (double?)one.Ended)]),
            Failed = new Trend(figures.Failed, before.IsEmpty ? null : before.Failed, [.. buckets.Select(one => (double?)(one.Failed + one.TimedOut))]),
            SuccessRate = new Trend(figures.SuccessRate, before.SuccessRate, [.. buckets.Select(one => DashboardFigures.Rate(one.Completed, one.Failed + one.TimedOut))]),
            DurationP95 = new Trend(figures.DurationP95, before.DurationP95, [.. buckets.Select(one => one.DurationP95)]),
            DurationsAreSampled = figures.AreSampled,
            Buckets = buckets,
            Running = await _find.RunAsync(Principal.System, new ExecutionFilter { Status = "running", Limit = MostListed }),
            Waiting = await StandingAsync("waiting"),
            Queued = await StandingAsync("queued"),
            Paused = await StandingAsync("paused"),
            Failures = (await _find.RunAsync(Principal.System, new ExecutionFilter { Status = "failed,timed_out", EndedAfter = from, EndedBefore = until, Limit = MostListed })).Executions,
            Slowest = await NamedAsync(context, figures.Slowest(MostListed)),
            Queues = await _queues.RunAsync(Principal.System, null, includeMessages: false),
            Due = await DueAsync(context, now),
        };
    }

    private static async Task<DashboardFigures> FiguresAsync(FlowNexusDbContext context, DashboardRange range, DateTimeOffset from, DateTimeOffset until, int mostOfABucket)
    {
        var ended = new EndedExecutions(context, from, until, range.Bucket);
        var counts = await ended.CountAsync();
        return new DashboardFigures(range, from, counts, await ended.MeasureAsync(counts, mostOfABucket));
    }

    private async Task<Standing> StandingAsync(string status)
    {
        var found = await _find.RunAsync(Principal.System, new ExecutionFilter { Status = status, Limit = 1 });
        return new Standing(found.TotalCount, found.TotalIsExact);
    }

    private static async Task<IReadOnlyList<SlowWorkflow>> NamedAsync(FlowNexusDbContext context, IReadOnlyList<SlowWorkflow> workflows)
    {
        var names = await NamesAsync(context, workflows.Select(one => one.WorkflowId));
        return [.. workflows.Select(one => one with { Name = names.GetValueOrDefault(one.WorkflowId, one.WorkflowId) })];
    }

    private async Task<IReadOnlyList<DueTick>> DueAsync(FlowNexusDbContext context, DateTimeOffset now)
    {
        var ticks = _schedules.Upcoming(now, MostListed);
        var names = await NamesAsync(context, ticks.Select(tick => tick.WorkflowId));
        return [.. ticks.Select(tick => new DueTick(tick.WorkflowId, names.GetValueOrDefault(tick.WorkflowId, tick.WorkflowId), tick.Schedule.Cron, tick.Schedule.TimeZone ?? "UTC", tick.At))];
    }

    private static async Task<Dictionary<string, string>> NamesAsync(FlowNexusDbContext context, IEnumerable<string> workflows)
    {
        var ids = workflows.Distinct().ToList();
        return await context.Workflows.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name);
    }
}
