namespace FlowNexus.Engine.Executions.Machine;

/// <summary>What the events of a loop change.</summary>
public static partial class ExecutionMachine
{
    private static StepState Looped(StepState step, MachineEvent happened)
    {
        if (happened.Type == MachineEventType.LoopStarted)
        {
            var started = step.Loop ?? new LoopState { Count = happened.Count };
            return step with
            {
                Status = StepStatus.InProgress,
                Wait = WaitReason.None,
                DueAt = null,
                Attempt = happened.Attempt,
                StartedAt = step.StartedAt ?? happened.At,
                AttemptStartedAt = happened.At,
                Loop = started,
                Progress = Fraction(started),
            };
        }

        var loop = Looped(step.Loop!, happened);
        return step with { Loop = loop, Progress = Fraction(loop) };
    }

    private static LoopState Looped(LoopState loop, MachineEvent happened)
    {
        var item = loop.TryGet(happened.Item) ?? new ItemState(happened.Item, ItemStatus.Open, happened.Attempt);
        var next = Math.Max(loop.Next, happened.Through + 1);
        switch (happened.Type)
        {
            case MachineEventType.ItemsStarted:
                for (var index = happened.Item; index <= happened.Through; index++)
                {
                    var before = loop.TryGet(index) ?? new ItemState(index, ItemStatus.Open, 0);
                    loop = loop.With(before with { Status = ItemStatus.Running, Attempt = happened.Attempt, DueAt = happened.DueAt, ChildId = null, StartedAt = happened.At });
                }

                return loop with { Next = next };
            case MachineEventType.ItemsCompleted:
                return loop.Without(happened.Item) with { Next = next, Succeeded = loop.Succeeded + happened.Through - happened.Item + 1 };
            case MachineEventType.ItemFailed:
                return loop.Without(happened.Item) with { Next = next, Failed = loop.Failed + 1 };
            case MachineEventType.ItemRetrying:
                return loop.With(item with { Status = ItemStatus.Retrying, DueAt = happened.DueAt, Failures = item.Failures + 1 });
            case MachineEventType.ItemLost:
                return loop.With(item with { Status = ItemStatus.Open, DueAt = null, Lost = item.Lost + 1 });
            case MachineEventType.ItemsLeftOut:
                return loop with { Next = loop.Count, InFlight = [] };
            case MachineEventType.ItemChildStarted:
                return loop.With(item with { Status = ItemStatus.Child, ChildId = happened.ChildId });
            default:
                return loop;
        }
    }

    private static double Fraction(LoopState loop) => loop.Count == 0 ? 1 : (double)loop.Done / loop.Count;
}
