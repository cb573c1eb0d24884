namespace FlowNexus.Web.Ui.Charts;

/// <summary>A step on the timeline.</summary>
/// <param name="Status">The contract's word for where the step stands.</param>
/// <param name="ReadyAt">When it could have started: waiting, drawn pale, begins there. Null if it never could.</param>
public sealed record TimelineRow(string Name, string Status, DateTimeOffset? ReadyAt, IReadOnlyList<TimelineAttempt> Attempts);

/// <summary>One try.</summary>
/// <param name="EndedAt">Null while it runs.</param>
/// <param name="Outcome">The word for how it ended: <c>completed</c>, <c>failed</c>; <c>in_progress</c> while it runs.</param>
public sealed record TimelineAttempt(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome);
