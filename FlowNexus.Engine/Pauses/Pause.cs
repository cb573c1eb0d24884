using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Pauses;

/// <summary>Who paused something, when and why, as every door shows it.</summary>
/// <param name="By">A user or key; null when the engine did, because a step failed.</param>
public sealed record Pause(string? By, string? Reason, DateTimeOffset Since)
{
    internal static Pause? Of(PauseRow? row) => row is null ? null : new Pause(row.PausedBy, row.Reason, UnixMicros.Read(row.PausedAt));
}

/// <summary>What can be paused besides one execution.</summary>
public static class PauseScopes
{
    public const string System = "system";

    private const string WorkflowPrefix = "workflow/";

    public static string Queue(string name) => $"queue/{name}";

    public static string Workflow(string id) => WorkflowPrefix + id;

    internal static string? WorkflowOf(string scope) => scope.StartsWith(WorkflowPrefix, StringComparison.Ordinal) ? scope[WorkflowPrefix.Length..] : null;
}
