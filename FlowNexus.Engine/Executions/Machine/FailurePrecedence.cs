using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>What a failed attempt leads to, in the order of <c>docs/failures.md</c>: the first that applies.</summary>
internal static class FailurePrecedence
{
    /// <param name="retryable">False for a failure that would only come again: bad input, nobody who could do it.</param>
    public static AfterFailure Next(ExecutionPlan plan, ExecutionState execution, int step, StepState state, Problem problem, bool retryable)
    {
        var kind = plan.Steps[step];
        if (retryable && state.Failures < kind.RetryAttempts) return AfterFailure.Retry;
        if (kind.FallbackAgentType is not null && !state.FallbackUsed && problem.Code != ProblemCodes.StepLost) return AfterFailure.Fallback;
        if (retryable && execution.Reopens < plan.MaxRetries) return AfterFailure.Reopen;
        if (kind.HasErrorTarget) return AfterFailure.Handle;
        return plan.OnFailure switch
        {
            FailureMode.Continue => AfterFailure.Continue,
            FailureMode.Pause => AfterFailure.Pause,
            _ => AfterFailure.Fail,
        };
    }
}

internal enum AfterFailure
{
    /// <summary>Another attempt after a backoff; spends one of the step's <c>retry_attempts</c>.</summary>
    Retry,

    /// <summary>One attempt by an agent of <c>fallback_agent_type</c>, once in a step's life.</summary>
    Fallback,

    /// <summary>The step begins again with its retries unspent; spends one of the execution's <c>max_retries</c>.</summary>
    Reopen,

    /// <summary>The step fails and its <c>on_error</c> step runs.</summary>
    Handle,

    /// <summary>The step fails and what depends on it goes on.</summary>
    Continue,

    /// <summary>The step is held and the execution pauses.</summary>
    Pause,

    /// <summary>The step and the execution fail.</summary>
    Fail,
}
