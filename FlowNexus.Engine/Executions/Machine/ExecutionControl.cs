namespace FlowNexus.Engine.Executions.Machine;

/// <summary>What somebody asked of an execution and still holds.</summary>
/// <param name="By">Null when a failed step paused it.</param>
/// <param name="Scope">What was paused with it, such as <c>workflow</c>.</param>
public sealed record ExecutionControl(ControlKind Kind, string? By, string? Reason, DateTimeOffset At, string? Scope);

public enum ControlKind
{
    Pause,

    /// <summary>Running attempts have the signal and their grace.</summary>
    Cancel,
}
