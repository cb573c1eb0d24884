using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Pausing and going on.</summary>
internal sealed partial class MachineTurn
{
    /// <summary>What waits for an agent leaves the line, so that it does not start when its turn comes.</summary>
    private void Pause(MachineInput.Pause pause)
    {
        Emit(new MachineEvent(MachineEventType.ExecutionPaused, pause.At) { By = pause.By, Reason = pause.Reason, Scope = pause.Scope });
        LeaveLines();
    }

    private bool IsWaitingForAgent(int step, int attempt) => IsCurrent(step, attempt) && _steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent };

    private void LeaveLines()
    {
        for (var step = 0; step < _steps.Length; step++)
            if (_steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent } waiting) _decisions.Add(new MachineDecision.Abandon(step, waiting.Attempt));
    }

    /// <summary>Under <c>on_failure: pause</c> the first failure pauses; others that fail meanwhile are held beside it.</summary>
    private void PauseAfter(int step, Problem problem, DateTimeOffset at)
    {
        if (_state.Status is not (ExecutionStatus.Running or ExecutionStatus.Waiting)) return;
        Emit(new MachineEvent(MachineEventType.ExecutionPaused, at) { Reason = $"Step \"{plan.Graph.Steps[step].Name}\" failed: {problem.Message}" });
        LeaveLines();
    }

    /// <summary>Steps that were held after a failure begin anew, with their retries and their fallback unspent.</summary>
    private void Resume(MachineInput.Resume resume)
    {
        Emit(new MachineEvent(MachineEventType.ExecutionResumed, resume.At) { By = resume.By });
        for (var step = 0; step < _steps.Length; step++)
        {
            if (_steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Resume } held) EmitStep(MachineEventType.StepResumed, step, held.Attempt, resume.At);
            else if (_steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent }) Request(step);
        }

        ContinueBatches(resume.At);
    }
}
