namespace FlowNexus.Engine.Executions;

/// <summary>Where an execution stands. The last four are terminal.</summary>
public enum ExecutionStatus { Queued, Running, Waiting, Paused, Completed, Failed, Cancelled, TimedOut }

/// <summary>Where a step of an execution stands. The last five are terminal.</summary>
public enum StepStatus { Pending, InProgress, Waiting, Completed, Failed, Skipped, Cancelled, TimedOut }

/// <summary>The words of the contract for statuses, and back.</summary>
public static class StatusWords
{
    private static readonly string[] ExecutionWords = ["queued", "running", "waiting", "paused", "completed", "failed", "cancelled", "timed_out"];
    private static readonly string[] StepWords = ["pending", "in_progress", "waiting", "completed", "failed", "skipped", "cancelled", "timed_out"];

    public static IReadOnlyList<string> OfExecutions => ExecutionWords;

    public static string Word(this ExecutionStatus status) => ExecutionWords[(int)status];

    public static string Word(this StepStatus status) => StepWords[(int)status];

    public static ExecutionStatus Execution(string word) => (ExecutionStatus)Array.IndexOf(ExecutionWords, word);

    public static StepStatus Step(string word) => (StepStatus)Array.IndexOf(StepWords, word);

    public static bool IsTerminal(this ExecutionStatus status) => status >= ExecutionStatus.Completed;

    public static bool IsTerminal(this StepStatus status) => status >= StepStatus.Completed;

    public static bool IsFailure(this StepStatus status) => status is StepStatus.Failed or StepStatus.TimedOut;
}
