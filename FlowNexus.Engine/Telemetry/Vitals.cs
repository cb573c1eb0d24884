namespace FlowNexus.Engine.Telemetry;

/// <summary>How the installation stands, as last read from the database.</summary>
/// <param name="TimerLag">How long the oldest due timer is overdue; zero when none is.</param>
public sealed record Vitals(long QueuedExecutions, long QueuedTasks, TimeSpan TimerLag);
