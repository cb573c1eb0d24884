using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Pausing and going on.</summary>
internal sealed partial class MachineTurn
{
    /// <summary>Under <c>on_failure: pause</c> the first failure pauses; others that fail meanwhile are held beside it.</summary>
    private void PauseAfter(int step, Problem problem, DateTimeOffset at)
    {
        if (_state.Status is ExecutionStatus.Running or ExecutionStatus.Waiting)
            Emit(new MachineEvent(MachineEventType.ExecutionPaused, at) { Reason = $"Step \"{plan.Graph.Steps[step].Name}\" failed: {problem.Message}" });
    }

    /// <summary>Steps that were held after a failure begin anew, with their retries and their fallback unspent.</summary>
    private void Resume(MachineInput.Resume resume)
    {
        Emit(new MachineEvent(MachineEventType.ExecutionResumed, resume.At) { By = resume.By });
        for (var step = 0; step < _steps.Length; step++)
            if (_steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Resume } held) EmitStep(MachineEventType.StepResumed, step, held.Attempt, resume.At);
    }
}
