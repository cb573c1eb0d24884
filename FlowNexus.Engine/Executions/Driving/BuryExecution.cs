using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// Ends a queued execution that cannot even be loaded, so that no driver could end it: from its row alone, under its
/// fence, with the event that says why.
/// </summary>
internal sealed class BuryExecution(ExecutionEnvironment environment)
{
    public async Task RunAsync(string executionId, string why)
    {
        await using var context = environment.Database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId);
        if (row is not { Status: "queued" }) return;
        var now = environment.Now();
        var problem = new Problem(ProblemCodes.QueuePoisoned, why);
        var epoch = row.Epoch++;
        row.Status = ExecutionStatus.Failed.Word();
        row.FinishedAt = UnixMicros.Of(now);
        row.Error = ExecutionRows.Json(problem);
        var happened = new MachineEvent(MachineEventType.ExecutionFailed, now) { Problem = problem };
        var last = new EventRow
        {
            Stream = row.Id,
            Seq = ++row.EventSeq,
            EventId = NewId.Event(now),
            Type = happened.Type.Word(),
            At = UnixMicros.Of(now),
            WorkflowId = row.WorkflowId,
            ExecutionId = row.Id,
            Payload = EventPayload.Of(happened, row, null),
        };
        EventChain.Seal(last, row.EventHead, RandomBytes.Get(EventChain.SaltBytes));
        row.EventHead = last.Hash;
        var transition = new Transition();
        transition.Update(row, epoch);
        transition.Events.Add(last);
        transition.ClearTimers(row.Id);
        transition.Count(row.WorkflowId, null, new FinishedCount(Completed: false, Failed: true, 0, 0));
        transition.DeadLetter(row, problem, now);
        await environment.Database.Journal.CommitAsync(transition);
        environment.Terminations.Complete(new EndedExecution(row, []));
        if (row.Awaited) environment.Children.Value.HasEnded(row);
    }
}
