using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>When a step may begin, and what an early join leaves behind.</summary>
internal sealed partial class MachineTurn
{
    /// <summary>Enough ways in have arrived, or so few can still arrive that it never begins.</summary>
    private Ready Readiness(int step, JoinDefinition join)
    {
        HashSet<int> arrived = [], open = [];
        foreach (var edge in plan.Graph.Incoming(step))
        {
            if (edge.Kind == EdgeKind.Order) continue;
            if (HasArrived(edge)) arrived.Add(edge.From);
            else if (!_steps[edge.From].Status.IsTerminal()) open.Add(edge.From);
        }

        if (arrived.Count >= join.AtLeast) return Ready.Yes;
        return arrived.Count + open.Count < join.AtLeast ? Ready.Never : Ready.NotYet;
    }

    private bool HasArrived(Edge edge)
    {
        var from = _steps[edge.From];
        if (edge.Kind == EdgeKind.Error) return from.Status.IsFailure();
        return from.Status == StepStatus.Completed && (edge.Kind != EdgeKind.Gate || BranchTargets.Contains(from.Branch, edge.Target));
    }

    /// <summary>A join that is met does without the rest, whether or not there is a place for it yet.</summary>
    private void CancelStragglers(List<int> ready, DateTimeOffset at)
    {
        var joins = ready.FindAll(step => plan.Steps[step].Join is { CancelsStragglers: true } && _steps[step].Attempt == 0);
        if (joins.Count == 0) return;
        foreach (var join in joins) CancelStragglers(join, at);
        ready.RemoveAll(step => _steps[step].Status.IsTerminal());
    }

    /// <summary>Cancels what is not done before a join, unless another step that has not begun still waits for it.</summary>
    private void CancelStragglers(int join, DateTimeOffset at)
    {
        var open = new Queue<int>(plan.Graph.Incoming(join).Select(edge => edge.From));
        while (open.TryDequeue(out var step))
        {
            var state = _steps[step];
            if (state.Status.IsTerminal() || plan.Graph.Followers(step).Any(follower => follower != join && IsStillToCome(follower))) continue;
            StopClock(step);
            if (state.Wait is WaitReason.Delay or WaitReason.Retry) _decisions.Add(new MachineDecision.ClearTimer(state.Wait == WaitReason.Delay ? TimerKind.Delay : TimerKind.Retry, step));
            if (state.IsActive) _decisions.Add(new MachineDecision.Abandon(step, state.Attempt));
            Emit(new MachineEvent(MachineEventType.StepCancelled, at) { Step = step, Attempt = state.Attempt, AgentId = state.AgentId, Reason = $"\"{plan.Graph.Steps[join].Name}\" went on without it" });
            foreach (var edge in plan.Graph.Incoming(step)) open.Enqueue(edge.From);
        }
    }

    private bool IsStillToCome(int step) => _steps[step] is { Status: StepStatus.Pending, Attempt: 0 };

    private Ready Readiness(int step)
    {
        if (plan.Steps[step].Join is { } join) return Readiness(step, join);
        bool gated = false, open = false, depends = false, alive = false;
        foreach (var edge in plan.Graph.Incoming(step))
        {
            var from = _steps[edge.From];
            if (!from.Status.IsTerminal()) return Ready.NotYet;
            if (edge.Kind == EdgeKind.Gate)
            {
                gated = true;
                open |= from.Status == StepStatus.Completed && BranchTargets.Contains(from.Branch, edge.Target);
            }
            else if (edge.Kind == EdgeKind.Error)
            {
                gated = true;
                open |= from.Status.IsFailure();
            }
            else if (edge.Kind == EdgeKind.Dependency)
            {
                depends = true;
                alive |= from.Status == StepStatus.Completed || GoesOnAfterFailure(edge.From);
            }
        }

        return (!gated || open) && (!depends || alive) ? Ready.Yes : Ready.Never;
    }
}
