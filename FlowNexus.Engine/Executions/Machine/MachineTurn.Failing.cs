using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Attempts that fail, are lost, and what follows.</summary>
internal sealed partial class MachineTurn
{
    private void Fail(int step, Problem problem, bool retryable, double jitter, DateTimeOffset at, MachineEventType final)
    {
        StopClock(step);
        if (IsCancelling)
        {
            CancelStep(step, problem, at);
            return;
        }

        var state = _steps[step];
        var happened = new MachineEvent(final, at) { Step = step, Attempt = state.Attempt, AgentId = state.Status == StepStatus.InProgress ? state.AgentId : null, Problem = problem };
        switch (FailurePrecedence.Next(plan, _state, step, state, problem, retryable))
        {
            case AfterFailure.Retry:
                var due = at + Backoff(plan.Steps[step], state.Failures, jitter);
                Emit(happened with { Type = MachineEventType.StepRetrying, DueAt = due });
                _decisions.Add(new MachineDecision.SetTimer(TimerKind.Retry, step, state.Attempt, due));
                break;
            case AfterFailure.Fallback:
                Emit(happened with { Type = MachineEventType.StepRetrying, Fallback = true });
                break;
            case AfterFailure.Reopen:
                Emit(happened with { Type = MachineEventType.StepReopened });
                break;
            case AfterFailure.Handle or AfterFailure.Continue:
                Emit(happened);
                break;
            case AfterFailure.Pause:
                Emit(happened with { Type = MachineEventType.StepHeld });
                PauseAfter(step, problem, at);
                break;
            case AfterFailure.Fail:
                Emit(happened);
                End(new MachineEvent(MachineEventType.ExecutionFailed, at) { Problem = problem, Reason = plan.Graph.Steps[step].Name }, MachineEventType.StepSkipped);
                break;
        }
    }

    /// <summary>Exponential backoff whose upper half is jittered: between 1/2 and 1 of <c>base · 2^failures</c>, capped.</summary>
    private static TimeSpan Backoff(StepPlan step, int failures, double jitter)
    {
        var full = Math.Min(step.Backoff.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)), step.MaxBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Math.Clamp(jitter, 0, 1) / 2)));
    }

    private void Lose(int step, DateTimeOffset at)
    {
        StopClock(step);
        var state = _steps[step];
        if (!IsCancelling && !plan.Steps[step].FailWhenLost && state.Lost < ExecutionMachine.MaxLost)
        {
            EmitStep(MachineEventType.AttemptLost, step, state.Attempt, at, agentId: state.AgentId);
            return;
        }

        var problem = new Problem(ProblemCodes.StepLost, $"The process that ran step \"{plan.Graph.Steps[step].Name}\" ended {state.Lost + 1} time(s) before the step did.");
        Fail(step, problem, retryable: false, 0, at, MachineEventType.StepFailed);
    }

    /// <summary>True of a step that failed under <c>on_failure: continue</c>: what depends on it runs without its output.</summary>
    private bool GoesOnAfterFailure(int step) => plan.OnFailure == FailureMode.Continue && !plan.Steps[step].HasErrorTarget && _steps[step].Status.IsFailure();

    /// <summary>For the event that ends an execution in which steps failed and something went on; null when none did.</summary>
    private string? FailedSteps()
    {
        var names = _steps.Select((step, i) => (step, i)).Where(x => x.step.Status.IsFailure()).Select(x => plan.Graph.Steps[x.i].Name).ToList();
        return names.Count == 0 ? null : $"failed steps: {string.Join(", ", names)}";
    }
}
