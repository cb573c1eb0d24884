using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>One call of the machine in the making: a private copy of the state that inputs and events act on.</summary>
internal sealed partial class MachineTurn(ExecutionPlan plan, ExecutionState before)
{
    private readonly StepState[] _steps = [.. before.Steps];
    private readonly List<MachineEvent> _events = [];
    private readonly List<MachineDecision> _decisions = [];
    private readonly StepState[] _before = before.Steps;
    private ExecutionState _state = before;

    public bool MayBegin { get; init; } = true;

    public MachineResult Result()
    {
        SetItemTimers();
        return new MachineResult(_state with { Steps = _steps, Progress = Progress() }, _events, _decisions);
    }

    public void Take(MachineInput input)
    {
        switch (input)
        {
            case MachineInput.Start start:
                if (_state.Status == ExecutionStatus.Queued) Start(start.At);
                break;
            case MachineInput.Queue queue:
                if (_state.Status == ExecutionStatus.Queued) Queue(queue);
                break;
            case MachineInput.AttemptStarted started:
                if (IsWaitingForAgent(started.Step, started.Attempt) && _state.Status != ExecutionStatus.Paused) StartAttempt(started);
                else if (plan.Steps[started.Step].IsAgent && !IsRunning(started.Step, started.Attempt)) _decisions.Add(new MachineDecision.Abandon(started.Step, started.Attempt));
                break;
            case MachineInput.AttemptCompleted completed:
                if (MayEnd(completed.Step, completed.Attempt) && _steps[completed.Step].Loop is not { IsDone: false }) Complete(completed);
                else Discard(completed.Step, completed.Attempt, "completed", completed.At);
                break;
            case MachineInput.AttemptFailed failed:
                if (MayEnd(failed.Step, failed.Attempt) || (IsWaitingForAgent(failed.Step, failed.Attempt) && _state.Status != ExecutionStatus.Paused)) Fail(failed.Step, failed.Problem, failed.Retryable, failed.Jitter, failed.At, MachineEventType.StepFailed);
                else if (!IsWaitingForAgent(failed.Step, failed.Attempt)) Discard(failed.Step, failed.Attempt, "failed", failed.At);
                break;
            case MachineInput.AttemptLost lost:
                if (IsRunning(lost.Step, lost.Attempt) && plan.Steps[lost.Step].Kind == StepKind.Effect) Lose(lost.Step, lost.At);
                break;
            case MachineInput.AttemptProgressed progressed:
                if (IsRunning(progressed.Step, progressed.Attempt))
                    _steps[progressed.Step] = _steps[progressed.Step] with { Progress = Math.Max(_steps[progressed.Step].Progress, Math.Clamp(progressed.Fraction, 0, 1)) };
                break;
            case MachineInput.DelayStarted delay:
                if (IsRunning(delay.Step, delay.Attempt)) Wait(delay);
                break;
            case MachineInput.ChildStarted child:
                TakeChild(child);
                break;
            case MachineInput.LoopStarted loop:
                if (IsRunning(loop.Step, loop.Attempt)) StartLoop(loop);
                break;
            case MachineInput.ItemsEvaluated items:
                if (IsRunning(items.Step, items.Attempt)) TakeItems(items);
                break;
            case MachineInput.CompleteLoop complete:
                if (!_state.Status.IsTerminal() && _steps[complete.Step] is { Status: StepStatus.InProgress, Loop: { IsDone: false } }) CompleteLoop(complete);
                break;
            case MachineInput.ItemEnded item:
                EndItem(item);
                break;
            case MachineInput.SignalSent sent:
                if (!_state.Status.IsTerminal()) TakeSignal(sent);
                break;
            case MachineInput.TimerDue due:
                if (!_state.Status.IsTerminal()) Ring(due);
                break;
            case MachineInput.Continue goOn:
                ContinueBatches(goOn.At);
                break;
            case MachineInput.Recovered recovered:
                if (!_state.Status.IsTerminal()) Recover(recovered.At);
                break;
            case MachineInput.Reassign reassign:
                if (!_state.Status.IsTerminal()) Reassign(reassign);
                break;
            case MachineInput.Cancel cancel:
                if (!_state.Status.IsTerminal() && !IsCancelling) Cancel(cancel);
                break;
            case MachineInput.Pause pause:
                if (_state.Status is ExecutionStatus.Running or ExecutionStatus.Waiting && !IsCancelling) Pause(pause);
                break;
            case MachineInput.Resume resume:
                if (_state.Status == ExecutionStatus.Paused) Resume(resume);
                break;
            case MachineInput.Adopt adopt:
                if (_state.Status == ExecutionStatus.Queued)
                    foreach (var (step, branch) in adopt.Steps) Emit(new MachineEvent(MachineEventType.StepReused, adopt.At) { Step = step, Branch = branch });
                break;
            case MachineInput.Retried retried:
                if (_state.Status.IsTerminal()) Emit(new MachineEvent(MachineEventType.ExecutionRetried, retried.At) { By = retried.By, Reason = retried.ExecutionId });
                break;
        }
    }

    /// <summary>Skips what is dead, starts what is ready and has a place, ends what is done.</summary>
    public void Advance(DateTimeOffset at)
    {
        if (_state.Status is ExecutionStatus.Queued || _state.Status.IsTerminal()) return;
        if (IsCancelling)
        {
            if (Array.TrueForAll(_steps, step => step.Status.IsTerminal())) Emit(Cancelled(at));
            return;
        }

        var ready = SkipDeadAndFindReady(at);
        if (_state.Status != ExecutionStatus.Paused && MayBegin)
        {
            CancelStragglers(ready, at);
            var places = plan.MaxConcurrent - _steps.Count(step => step.IsActive);
            foreach (var step in ready)
                if (!IsKeptOut(step) && (plan.Steps[step].Kind == StepKind.Signal || places-- > 0)) Begin(step, at);
            AdvanceLoops(at);
            if (_deliveredOnBegin)
            {
                _deliveredOnBegin = false;
                Advance(at);
                return;
            }
        }

        if (Array.TrueForAll(_steps, step => step.Status.IsTerminal())) Emit(new MachineEvent(MachineEventType.ExecutionCompleted, at) { Reason = FailedSteps() });
        else if (_state.Status != ExecutionStatus.Paused) ShowWhetherWaiting(at, heldBack: !MayBegin && ready.Count > 0);
    }

    /// <summary>Another step of its section has begun and has not ended.</summary>
    private bool IsKeptOut(int step)
    {
        if (plan.Steps[step].Section is not { } section) return false;
        for (var other = 0; other < _steps.Length; other++)
            if (other != step && plan.Steps[other].Section == section && _steps[other].Status is StepStatus.InProgress or StepStatus.Waiting) return true;
        return false;
    }

    private void Start(DateTimeOffset at)
    {
        Emit(new MachineEvent(MachineEventType.ExecutionStarted, at));
        if (plan.QueueTtl is not null) _decisions.Add(new MachineDecision.ClearTimer(TimerKind.QueueTtl, -1));
        if (plan.ExecutionTimeout is { } timeout) _decisions.Add(new MachineDecision.SetTimer(TimerKind.ExecutionTimeout, -1, 0, at + timeout));
    }

    private void Begin(int step, DateTimeOffset at)
    {
        var state = _steps[step];
        var attempt = state.Attempt + 1;
        var kind = plan.Steps[step];
        if (kind.Kind is StepKind.Pure or StepKind.Delay or StepKind.Loop)
        {
            // Resolved before the transition commits, so no event tells of it.
            _steps[step] = state with { Status = StepStatus.InProgress, Wait = WaitReason.None, DueAt = null, Attempt = attempt };
            _decisions.Add(new MachineDecision.Evaluate(step, attempt));
        }
        else if (kind.Kind == StepKind.Signal)
        {
            BeginWaiting(step, attempt, at);
        }
        else if (kind.IsAgent)
        {
            EmitStep(MachineEventType.StepWaiting, step, attempt, at, wait: WaitReason.Agent);
            Request(step);
        }
        else if (kind.Kind == StepKind.Child)
        {
            EmitStep(MachineEventType.StepStarted, step, attempt, at);
            StartChild(step, attempt, at);
        }
        else
        {
            EmitStep(MachineEventType.StepStarted, step, attempt, at);
            Run(step, attempt, at);
        }
    }

    private void Request(int step)
    {
        var state = _steps[step];
        var different = plan.DifferentAgentOnRetry && state.Attempt > 1 + state.Lost;
        _decisions.Add(new MachineDecision.Request(step, state.Attempt, state.FallbackUsed ? plan.Steps[step].FallbackAgentType : null, different));
    }

    private void Run(int step, int attempt, DateTimeOffset at)
    {
        _decisions.Add(new MachineDecision.SetTimer(TimerKind.StepTimeout, step, attempt, at + plan.Steps[step].Timeout));
        _decisions.Add(new MachineDecision.Run(step, attempt));
    }

    private void StartAttempt(MachineInput.AttemptStarted started)
    {
        EmitStep(MachineEventType.StepStarted, started.Step, started.Attempt, started.At, agentId: started.AgentId);
        Run(started.Step, started.Attempt, started.At);
    }

    private void Complete(MachineInput.AttemptCompleted completed)
    {
        StopClock(completed.Step);
        Emit(new MachineEvent(MachineEventType.StepCompleted, completed.At)
        {
            Step = completed.Step,
            Attempt = completed.Attempt,
            AgentId = _steps[completed.Step].AgentId,
            Branch = completed.Branch,
            ChildId = completed.ChildId,
        });
        if (plan.Steps[completed.Step].EndsExecution && !IsCancelling)
            End(new MachineEvent(MachineEventType.ExecutionCompleted, completed.At) { Reason = FailedSteps() }, MachineEventType.StepSkipped);
    }

    private void Wait(MachineInput.DelayStarted delay)
    {
        EmitStep(MachineEventType.StepWaiting, delay.Step, delay.Attempt, delay.At, wait: WaitReason.Delay, dueAt: delay.DueAt);
        _decisions.Add(new MachineDecision.SetTimer(TimerKind.Delay, delay.Step, delay.Attempt, delay.DueAt));
    }

    private void Ring(MachineInput.TimerDue due)
    {
        if (due.Kind is TimerKind.QueueDelay or TimerKind.QueueTtl)
        {
            if (_state.Status == ExecutionStatus.Queued) RingQueued(due);
        }
        else if (due.Kind == TimerKind.CancelGrace || (due.Kind == TimerKind.ExecutionTimeout && IsCancelling))
        {
            if (IsCancelling) End(Cancelled(due.At), MachineEventType.StepCancelled);
        }
        else if (due.Kind == TimerKind.ExecutionTimeout)
        {
            var seconds = plan.ExecutionTimeout?.TotalSeconds;
            var problem = new Problem(ProblemCodes.ExecutionTimeout, $"The execution did not finish within its execution_timeout of {seconds} s.");
            End(new MachineEvent(MachineEventType.ExecutionTimedOut, due.At) { Problem = problem }, MachineEventType.StepCancelled);
        }
        else if (IsCurrent(due.Step, due.Attempt) && _steps[due.Step] is var step)
        {
            if (due.Kind == TimerKind.Items)
            {
                RingItems(due);
            }
            else if (due.Kind == TimerKind.StepTimeout && (step.Status == StepStatus.InProgress || IsWaitingForChild(due.Step, due.Attempt) || IsWaitingForSignal(due.Step)))
            {
                _decisions.Add(new MachineDecision.Abandon(due.Step, due.Attempt));
                var problem = new Problem(ProblemCodes.StepTimeout, $"Step \"{plan.Graph.Steps[due.Step].Name}\" did not finish within its timeout of {plan.Steps[due.Step].Timeout.TotalSeconds} s.");
                Fail(due.Step, problem, retryable: true, due.Jitter, due.At, MachineEventType.StepTimedOut);
            }
            else if (due.Kind == TimerKind.Delay && step is { Status: StepStatus.Waiting, Wait: WaitReason.Delay })
            {
                EmitStep(MachineEventType.StepCompleted, due.Step, due.Attempt, due.At);
            }
            else if (due.Kind == TimerKind.Retry && step is { Status: StepStatus.Waiting, Wait: WaitReason.Retry, DueAt: { } later } && later > due.At)
            {
                // The clock was set back: without its timer the step would wait for ever.
                _decisions.Add(new MachineDecision.SetTimer(TimerKind.Retry, due.Step, due.Attempt, later));
            }
        }
    }

    private void Recover(DateTimeOffset at)
    {
        for (var step = 0; step < _steps.Length; step++)
        {
            if (_state.Status.IsTerminal()) return;
            if (_steps[step].Status == StepStatus.InProgress && plan.Steps[step].Kind == StepKind.Child) _decisions.Add(new MachineDecision.StartChild(step, _steps[step].Attempt, -1));
            else if (_steps[step].Status == StepStatus.InProgress && plan.Steps[step].Kind == StepKind.Loop) RecoverLoop(step, at);
            else if (_steps[step].Status == StepStatus.InProgress) Lose(step, at);
            else if (_steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent } && _state.Status != ExecutionStatus.Paused) Request(step);
        }
    }

    private void Reassign(MachineInput.Reassign reassign)
    {
        var state = _steps[reassign.Step];
        if (state is { Status: StepStatus.Waiting, Wait: WaitReason.Agent })
        {
            if (_state.Status != ExecutionStatus.Paused) Request(reassign.Step);
        }
        else if (state.Status == StepStatus.InProgress && plan.Steps[reassign.Step].IsAgent)
        {
            StopClock(reassign.Step);
            _decisions.Add(new MachineDecision.Abandon(reassign.Step, state.Attempt));
            Emit(new MachineEvent(MachineEventType.AttemptAbandoned, reassign.At) { Step = reassign.Step, Attempt = state.Attempt, AgentId = state.AgentId, By = reassign.By, Reason = "reassigned" });
        }
    }

    private void Discard(int step, int attempt, string outcome, DateTimeOffset at) =>
        Emit(new MachineEvent(MachineEventType.AttemptDiscarded, at) { Step = step, Attempt = attempt, AgentId = _steps[step].AgentId, Reason = outcome });

    /// <summary>Ends the execution: what is active is cancelled and abandoned, what has not begun becomes <paramref name="pending"/>.</summary>
    private void End(MachineEvent last, MachineEventType pending)
    {
        for (var step = 0; step < _steps.Length; step++)
        {
            var state = _steps[step];
            if (state.Status.IsTerminal()) continue;
            if (state.IsActive) _decisions.Add(new MachineDecision.Abandon(step, state.Attempt));
            EmitStep(state.Status == StepStatus.Pending ? pending : MachineEventType.StepCancelled, step, state.Attempt, last.At, agentId: state.AgentId);
        }

        Emit(last);
    }

    private List<int> SkipDeadAndFindReady(DateTimeOffset at)
    {
        List<int> ready = [];
        bool skipped;
        do
        {
            skipped = WithdrawWaits(at);
            ready.Clear();
            for (var step = 0; step < _steps.Length; step++)
            {
                var state = _steps[step];
                if (state is { Status: StepStatus.Waiting, Wait: WaitReason.Retry } && state.DueAt <= at) ready.Add(step);
                if (state.Status != StepStatus.Pending) continue;
                if (state.Attempt > 0)
                {
                    ready.Add(step);
                    continue;
                }

                switch (Readiness(step))
                {
                    case Ready.Yes:
                        ready.Add(step);
                        break;
                    case Ready.Never:
                        EmitStep(MachineEventType.StepSkipped, step, 0, at);
                        skipped = true;
                        break;
                }
            }
        }
        while (skipped);
        return ready;
    }

    private void ShowWhetherWaiting(DateTimeOffset at, bool heldBack)
    {
        var active = heldBack || Array.Exists(_steps, step => step.IsBusy);
        if (active && _state.Status == ExecutionStatus.Waiting) Emit(new MachineEvent(MachineEventType.ExecutionRunning, at));
        if (!active && _state.Status == ExecutionStatus.Running && Array.Exists(_steps, step => step.Status is StepStatus.Waiting or StepStatus.InProgress)) Emit(new MachineEvent(MachineEventType.ExecutionWaiting, at));
    }

    private bool IsCurrent(int step, int attempt) => !_state.Status.IsTerminal() && _steps[step].Attempt == attempt;

    private bool IsRunning(int step, int attempt) => IsCurrent(step, attempt) && _steps[step].Status == StepStatus.InProgress;

    private void StopClock(int step)
    {
        if (plan.Steps[step].Kind is not (StepKind.Pure or StepKind.Delay)) _decisions.Add(new MachineDecision.ClearTimer(TimerKind.StepTimeout, step));
    }

    private double Progress()
    {
        if (_state.Status == ExecutionStatus.Completed) return 1;
        double total = 0, done = 0;
        for (var i = 0; i < _steps.Length; i++)
        {
            total += plan.Steps[i].Weight;
            done += plan.Steps[i].Weight * (_steps[i].Status is StepStatus.Completed or StepStatus.Skipped || _steps[i].Status.IsFailure() ? 1 : Math.Min(_steps[i].Progress, 0.99));
        }

        return Math.Max(_state.Progress, Math.Min(total > 0 ? done / total : 0, 0.99));
    }

    private void EmitStep(MachineEventType type, int step, int attempt, DateTimeOffset at, WaitReason wait = WaitReason.None, DateTimeOffset? dueAt = null, string? agentId = null) =>
        Emit(new MachineEvent(type, at) { Step = step, Attempt = attempt, Wait = wait, DueAt = dueAt, AgentId = agentId });

    private void Emit(MachineEvent happened)
    {
        _events.Add(happened);
        if (happened.Step >= 0) _steps[happened.Step] = ExecutionMachine.Step(_steps[happened.Step], happened);
        _state = ExecutionMachine.Execution(_state, happened);
    }

    private enum Ready { NotYet, Yes, Never }
}
