using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Cancelling: the signal first, the fence after the grace.</summary>
internal sealed partial class MachineTurn
{
    private bool IsCancelling => _state.Control?.Kind == ControlKind.Cancel;

    private void Cancel(MachineInput.Cancel cancel)
    {
        var running = Enumerable.Range(0, _steps.Length).Any(IsSignalled);
        var asked = new MachineEvent(MachineEventType.ExecutionCancelling, cancel.At) { By = cancel.By, Reason = cancel.Reason };
        if (!running || cancel.Grace <= TimeSpan.Zero)
        {
            End(asked with { Type = MachineEventType.ExecutionCancelled }, MachineEventType.StepCancelled);
            return;
        }

        Emit(asked);
        for (var step = 0; step < _steps.Length; step++)
        {
            var state = _steps[step];
            if (state.Status.IsTerminal()) continue;
            if (IsSignalled(step))
            {
                _decisions.Add(new MachineDecision.Signal(step, state.Attempt));
                continue;
            }

            if (state.IsActive) _decisions.Add(new MachineDecision.Abandon(step, state.Attempt));
            if (state.Wait is WaitReason.Delay or WaitReason.Retry) _decisions.Add(new MachineDecision.ClearTimer(state.Wait == WaitReason.Delay ? TimerKind.Delay : TimerKind.Retry, step));
            EmitStep(MachineEventType.StepCancelled, step, state.Attempt, cancel.At, agentId: state.AgentId);
        }

        _decisions.Add(new MachineDecision.SetTimer(TimerKind.CancelGrace, -1, 0, cancel.At + cancel.Grace));
    }

    /// <summary>Loops and other executions take no grace here: each of what they started has its own.</summary>
    private bool IsSignalled(int step) => _steps[step].Status == StepStatus.InProgress && plan.Steps[step].Kind is not (StepKind.Loop or StepKind.Child);

    /// <summary>An attempt that failed, or was lost, while its execution is being cancelled: neither retried nor handled.</summary>
    private void CancelStep(int step, Problem problem, DateTimeOffset at)
    {
        var state = _steps[step];
        Emit(new MachineEvent(MachineEventType.StepCancelled, at) { Step = step, Attempt = state.Attempt, AgentId = state.AgentId, Problem = problem });
    }

    private MachineEvent Cancelled(DateTimeOffset at) => new(MachineEventType.ExecutionCancelled, at) { By = _state.Control?.By, Reason = _state.Control?.Reason };
}
