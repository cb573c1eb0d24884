namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Steps and items that another execution does.</summary>
internal sealed partial class MachineTurn
{
    private const int Itself = -1;

    private bool IsWaitingForChild(int step, int attempt) => IsCurrent(step, attempt) && _steps[step] is { Status: StepStatus.Waiting, Wait: WaitReason.Child };

    /// <summary>A result of the attempt counts; a loop has one only when nothing of it is in flight.</summary>
    private bool MayEnd(int step, int attempt) => IsWaitingForChild(step, attempt) || (IsRunning(step, attempt) && _steps[step].Loop?.InFlight.Any(item => item.Status != ItemStatus.Open) is not true);

    private void StartChild(int step, int attempt, DateTimeOffset at)
    {
        _decisions.Add(new MachineDecision.SetTimer(TimerKind.StepTimeout, step, attempt, at + plan.Steps[step].Timeout));
        _decisions.Add(new MachineDecision.StartChild(step, attempt, Itself));
    }

    private void TakeChild(MachineInput.ChildStarted child)
    {
        var state = _steps[child.Step];
        if (child.Item == Itself)
        {
            if (IsRunning(child.Step, child.Attempt) && plan.Steps[child.Step].Kind == StepKind.Child)
                Emit(new MachineEvent(MachineEventType.ChildStarted, child.At) { Step = child.Step, Attempt = child.Attempt, ChildId = child.ChildId });
            else if (state.ChildId != child.ChildId) _decisions.Add(new MachineDecision.CancelChild(child.ChildId));
        }
        else if (!_state.Status.IsTerminal() && RunningItem(child.Step, child.Item, child.Attempt) is { Status: ItemStatus.Running })
        {
            Emit(new MachineEvent(MachineEventType.ItemChildStarted, child.At) { Step = child.Step, Item = child.Item, Through = child.Item, Attempt = child.Attempt, ChildId = child.ChildId });
            Continue(child.Step, child.At);
        }
        else if (state.Loop?.TryGet(child.Item)?.ChildId != child.ChildId && !HasEnded(state.Loop, child.Item))
        {
            _decisions.Add(new MachineDecision.CancelChild(child.ChildId));
        }
    }

    private static bool HasEnded(LoopState? loop, int item) => loop is not null && item < loop.Next && loop.TryGet(item) is null;
}
