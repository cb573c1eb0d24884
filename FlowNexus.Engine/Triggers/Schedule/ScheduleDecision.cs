namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>What a schedule does now.</summary>
/// <param name="Skipped">Ticks that pass without an execution; recorded before <paramref name="Start"/>.</param>
/// <param name="Start">The tick that starts an execution.</param>
/// <param name="Next">The tick to wait for, after all of those; in the past when it is due too; null when there is none any more.</param>
public sealed record ScheduleDecision(SkippedTicks? Skipped, DateTimeOffset? Start, DateTimeOffset? Next);

/// <summary>Ticks missed and left out.</summary>
/// <param name="IsExact">False when there were more than were counted.</param>
public sealed record SkippedTicks(int Count, bool IsExact, DateTimeOffset First, DateTimeOffset Last)
{
    public override string ToString() =>
        Count == 1 ? "1 tick was missed." : FormattableString.Invariant($"{(IsExact ? "" : "More than ")}{Count:N0} ticks were missed, the first at {First:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
}

/// <summary>What happens to ticks missed while nothing ran.</summary>
public enum MissedPolicy
{
    Skip,

    /// <summary>The last of them still starts an execution.</summary>
    Last,
}
