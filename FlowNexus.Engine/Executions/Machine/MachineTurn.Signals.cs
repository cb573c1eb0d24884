namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Signals from outside: each completes one step, at once or when one asks for it.</summary>
internal sealed partial class MachineTurn
{
    private bool _deliveredOnBegin;

    private bool IsWaitingForSignal(int step) => _steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Signal };

    private void TakeSignal(MachineInput.SignalSent sent)
    {
        var inbox = _state.Inbox;
        if (sent.Key is not null && inbox.WithKey(sent.Key) is { } known)
        {
            Answer(sent, SignalOutcome.Known, known.TakenBy ?? -1, known);
            return;
        }

        var waiting = -1;
        for (var step = 0; step < _steps.Length && waiting < 0; step++)
            if (plan.Steps[step].Signal == sent.Name && IsWaitingForSignal(step)) waiting = step;
        if (waiting < 0)
        {
            var open = Enumerable.Range(0, _steps.Length).Where(step => plan.Steps[step].Signal == sent.Name && !_steps[step].Status.IsTerminal()).ToList();
            var refused = open.Count == 0 ? SignalOutcome.NobodyWaits
                : !open.Exists(step => plan.Steps[step].KeepsEarlySignals) ? SignalOutcome.Ignored
                : inbox.Kept >= SignalInbox.MaxKept ? SignalOutcome.Full
                : (SignalOutcome?)null;
            if (refused is { } outcome)
            {
                Answer(sent, outcome, -1, null);
                return;
            }
        }

        var signal = new ReceivedSignal(inbox.Signals.Count + 1, sent.Name, sent.Data, sent.By, sent.At, sent.Key, null);
        Emit(new MachineEvent(MachineEventType.SignalReceived, sent.At) { Signal = signal, By = sent.By });
        if (waiting >= 0)
        {
            StopClock(waiting);
            Deliver(waiting, signal, sent.At);
        }

        Answer(sent, waiting >= 0 ? SignalOutcome.Delivered : SignalOutcome.Kept, waiting, signal);
    }

    /// <summary>A step asks for its signal: one that was kept, else it waits.</summary>
    private void BeginWaiting(int step, int attempt, DateTimeOffset at)
    {
        var due = at + plan.Steps[step].Timeout;
        EmitStep(MachineEventType.StepWaiting, step, attempt, at, wait: WaitReason.Signal, dueAt: due);
        if (plan.Steps[step].KeepsEarlySignals && _state.Inbox.FirstKept(plan.Steps[step].Signal!) is { } kept)
        {
            Deliver(step, kept, at);
            _deliveredOnBegin = true;
        }
        else
        {
            _decisions.Add(new MachineDecision.SetTimer(TimerKind.StepTimeout, step, attempt, due));
        }
    }

    /// <summary>What waits for a signal, or would, ends without one when the step that closes it has completed.</summary>
    private bool WithdrawWaits(DateTimeOffset at)
    {
        var withdrew = false;
        for (var step = 0; step < _steps.Length; step++)
        {
            if (plan.Steps[step].ClosedBy is not { } closer || _steps[closer].Status != StepStatus.Completed || _steps[step].Status.IsTerminal()) continue;
            if (_steps[step].Status == StepStatus.Waiting)
            {
                StopClock(step);
                if (_steps[step].Wait == WaitReason.Retry) _decisions.Add(new MachineDecision.ClearTimer(TimerKind.Retry, step));
            }

            var type = _steps[step].Attempt == 0 ? MachineEventType.StepSkipped : MachineEventType.StepCancelled;
            Emit(new MachineEvent(type, at) { Step = step, Attempt = _steps[step].Attempt, Reason = $"\"{plan.Graph.Steps[closer].Name}\" completed first" });
            withdrew = true;
        }

        return withdrew;
    }

    private void Deliver(int step, ReceivedSignal signal, DateTimeOffset at) =>
        Emit(new MachineEvent(MachineEventType.StepCompleted, at) { Step = step, Attempt = _steps[step].Attempt, SignalNumber = signal.Number });

    private void Answer(MachineInput.SignalSent to, SignalOutcome outcome, int step, ReceivedSignal? signal) =>
        _decisions.Add(new MachineDecision.AnswerSignal(to, outcome, step, signal));
}
