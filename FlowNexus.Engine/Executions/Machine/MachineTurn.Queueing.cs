using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>What happens before the first step: the wait in the queue, and its end without a start.</summary>
internal sealed partial class MachineTurn
{
    private void Queue(MachineInput.Queue queue)
    {
        if (queue.NotBefore is { } due) _decisions.Add(new MachineDecision.SetTimer(TimerKind.QueueDelay, -1, 0, due));
        if (plan.QueueTtl is { } limit) _decisions.Add(new MachineDecision.SetTimer(TimerKind.QueueTtl, -1, 0, (queue.NotBefore ?? queue.At) + limit));
    }

    private void RingQueued(MachineInput.TimerDue due)
    {
        if (due.Kind == TimerKind.QueueDelay)
        {
            _decisions.Add(new MachineDecision.Enqueue());
        }
        else
        {
            var problem = new Problem(ProblemCodes.QueueTtlExpired, $"The execution waited in the queue for longer than its queue_ttl of {plan.QueueTtl?.TotalSeconds} s and never started. It is among the dead letters, from where it can be redriven.");
            End(new MachineEvent(MachineEventType.ExecutionFailed, due.At) { Problem = problem }, MachineEventType.StepSkipped);
        }
    }
}
