using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Cluster.Routing;

/// <summary>Hands calls to the executions that this node drives.</summary>
internal sealed class ExecutionInbox(ExecutionHost host, ExecutionEnvironment environment)
{
    public bool Holds(string executionId) => host.Holds(executionId);

    public async Task<CallOutcome> TakeAsync(string executionId, ExecutionCall call)
    {
        try
        {
            if (call is ExecutionCall.Signal signal)
            {
                var reply = await SignalAsync(executionId, signal);
                return new CallOutcome(reply is null ? CallAnswer.Refused : CallAnswer.Taken, reply);
            }

            return new CallOutcome(await DeliverAsync(executionId, call) ? CallAnswer.Taken : CallAnswer.Refused);
        }
        catch (TransitionRefusedException refused) when (refused.Refusal == Refusal.FenceLost)
        {
            return new CallOutcome(CallAnswer.NotHere);
        }
    }

    private Task<bool> DeliverAsync(string id, ExecutionCall call)
    {
        var now = environment.Now();
        return call switch
        {
            ExecutionCall.Run run => host.PostAsync(id, new DriverInput(new MachineInput.Start(now)) { Admission = Admitted(GrainQueues.Executions, run.Activation) }),
            ExecutionCall.Assign assign => AssignAsync(id, assign.Assignment),
            ExecutionCall.Refuse(var refusal) => Post(id, new MachineInput.AttemptFailed(refusal.Ordinal, refusal.Attempt, new Problem(ProblemCodes.AgentUnavailable, refusal.Message), false, 0, now)),
            ExecutionCall.Ring ring => Post(id, new MachineInput.TimerDue(ExecutionRows.Timer(ring.Kind), ring.Ordinal, ring.Attempt, ExecutionEnvironment.Jitter(), now)),
            ExecutionCall.Cancel cancel => host.TakeAsync(id, new MachineInput.Cancel(cancel.By, cancel.Reason, cancel.Grace, now)),
            ExecutionCall.TakeChild child => host.TakeChildAsync(id, child.Ordinal, child.Item, child.Attempt, child.ChildId),
            ExecutionCall.Pause pause => host.TakeAsync(id, new MachineInput.Pause(pause.By, pause.Reason, now, pause.Scope)),
            ExecutionCall.Resume resume => host.TakeAsync(id, new MachineInput.Resume(resume.By, now)),
            ExecutionCall.CompleteLoop loop => host.TakeAsync(id, new MachineInput.CompleteLoop(loop.Ordinal, loop.By, now)),
            ExecutionCall.NoteRetry retry => NoteAsync(id, new MachineInput.Retried(retry.ExecutionId, retry.By, now)),
            ExecutionCall.Bind bind => host.PostAsync(id, new DriverInput(new MachineInput.Reassign(bind.Ordinal, bind.By, now), new AttemptFacts { Bound = (bind.AgentId, bind.Method, bind.Details) })),
            _ => throw new InvalidOperationException($"Nobody takes {call}."),
        };
    }

    private async Task<bool> AssignAsync(string id, TaskAssignment assignment)
    {
        var input = new MachineInput.AttemptStarted(assignment.Ordinal, assignment.Attempt, assignment.AgentId, environment.Now());
        var taken = await host.PostAsync(id, new DriverInput(input, new AttemptFacts { Assignment = assignment }) { Admission = Admitted(GrainQueues.Tasks, assignment.Activation) });
        if (!taken) await environment.Tasks.ReleaseAsync(assignment.TaskId, assignment.Attempt);
        return taken;
    }

    private async Task<SignalReply?> SignalAsync(string id, ExecutionCall.Signal signal)
    {
        var answer = await host.SignalAsync(id, new MachineInput.SignalSent(signal.Name, signal.Data, signal.By, signal.Key, environment.Now()));
        return answer is null ? null : new SignalReply(answer.Outcome, answer.Step, answer.Received?.Number ?? 0, answer.Received?.Name, answer.Received?.Data);
    }

    private async Task<bool> NoteAsync(string id, MachineInput.Retried note)
    {
        await host.NoteAsync(id, note);
        return true;
    }

    private static Admission? Admitted(string queue, string? activation) => activation is null ? null : new Admission(queue, activation);

    private Task<bool> Post(string id, MachineInput input) => host.PostAsync(id, new DriverInput(input));
}
