namespace FlowNexus.Engine.Executions.Machine;

/// <summary>How a loop runs its items.</summary>
/// <param name="Body">What runs for each item; its retries and its timeout are per item.</param>
/// <param name="Concurrency">Items at the same time, at least 1.</param>
/// <param name="FailsOnItem">The first item that fails for good fails the step; otherwise it is counted and the rest goes on.</param>
public sealed record LoopPlan(StepPlan Body, int Concurrency, bool FailsOnItem)
{
    /// <summary>Successes after which the rest is left out; null wants them all.</summary>
    public int? Enough { get; init; }

    /// <summary>With <see cref="Enough"/>: executions that were begun go on and are ignored, instead of being cancelled.</summary>
    public bool RestRuns { get; init; }

    /// <summary>Pure items that are evaluated and committed together.</summary>
    public const int Batch = 500;
}
