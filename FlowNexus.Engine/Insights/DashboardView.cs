using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Queues;

namespace FlowNexus.Engine.Insights;

/// <summary>How the installation does. Figures are of executions that ended from <see cref="From"/> until <see cref="Until"/>, and equal a count over the list with the same filter.</summary>
public sealed record DashboardView
{
    public bool Success { get; } = true;

    /// <summary>1h, 24h or 7d.</summary>
    public required string Range { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the bucket that is under way; not included.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was counted.</summary>
    public required DateTimeOffset At { get; init; }

    public required Trend Ended { get; init; }

    /// <summary>Failed or timed out.</summary>
    public required Trend Failed { get; init; }

    /// <summary>Completed among those that completed, failed or timed out; 0 to 1.</summary>
    public required Trend SuccessRate { get; init; }

    /// <summary>Seconds that 95 % of the completed ones needed at most.</summary>
    public required Trend DurationP95 { get; init; }

    /// <summary>Durations are of the last of each bucket: there were too many to read them all.</summary>
    public required bool DurationsAreSampled { get; init; }

    public required IReadOnlyList<DashboardBucket> Buckets { get; init; }

    /// <summary>The newest of those that run, and how many they are.</summary>
    public required FoundExecutions Running { get; init; }

    public required Standing Waiting { get; init; }
    public required Standing Queued { get; init; }
    public required Standing Paused { get; init; }

    /// <summary>The latest.</summary>
    public required IReadOnlyList<ExecutionView> Failures { get; init; }

    /// <summary>By the duration that 95 % of their executions needed at most.</summary>
    public required IReadOnlyList<SlowWorkflow> Slowest { get; init; }

    public required QueueStatusView Queues { get; init; }

    /// <summary>The next ticks of schedules.</summary>
    public required IReadOnlyList<DueTick> Due { get; init; }
}

/// <summary>A figure, how it was a week before, and how it went.</summary>
/// <param name="Value">Null when nothing was measured.</param>
/// <param name="LastWeek">In the same time a week before, up to the same moment; null when nothing ended then.</param>
/// <param name="Buckets">One for each bucket.</param>
public sealed record Trend(double? Value, double? LastWeek, IReadOnlyList<double?> Buckets);

/// <param name="DurationP50">Seconds; null when none completed.</param>
public sealed record DashboardBucket(DateTimeOffset From, DateTimeOffset Until, long Completed, long Failed, long TimedOut, long Cancelled, double? DurationP50, double? DurationP95)
{
    public long Ended => Completed + Failed + TimedOut + Cancelled;
}

/// <param name="IsExact">False: at least so many.</param>
public sealed record Standing(int Count, bool IsExact);

/// <param name="Completed">How many its durations are of.</param>
public sealed record SlowWorkflow(string WorkflowId, string Name, long Completed, double DurationP50, double DurationP95);

/// <param name="Cron">With <paramref name="TimeZone"/>: what it follows.</param>
/// <param name="At">With the offset that the time zone has then.</param>
public sealed record DueTick(string WorkflowId, string WorkflowName, string Cron, string TimeZone, DateTimeOffset At);
