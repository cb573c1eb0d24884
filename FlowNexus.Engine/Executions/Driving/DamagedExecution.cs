using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// An execution whose rows make no sense any more is taken out: it fails with the reason, its steps stay as they are
/// for whoever looks into it, and nothing tries to drive it again.
/// </summary>
internal static class DamagedExecution
{
    private static readonly Statement CloseTasks = new("UPDATE tasks SET status = 'cancelled', finished_at = ?2 WHERE execution_id = ?1 AND finished_at IS NULL");

    /// <summary>Changes <paramref name="row"/> to how it ends, and gives what to commit.</summary>
    public static Transition End(ExecutionRow row, Exception damage, DateTimeOffset now)
    {
        var problem = new Problem(ProblemCodes.ExecutionDamaged, $"{(damage is ProblemException ? "" : "What is stored of this execution is damaged: ")}{damage.Message} It was taken out so that the others go on. Start it again, or restore the database from a backup.");
        var at = UnixMicros.Of(now);
        var told = new EventRow
        {
            Stream = row.Id,
            Seq = row.EventSeq + 1,
            EventId = NewId.Event(now),
            Type = MachineEventType.ExecutionFailed.Word(),
            At = at,
            WorkflowId = row.WorkflowId,
            ExecutionId = row.Id,
            Payload = new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message }.ToJsonString(ProblemJson.Options),
        };
        EventChain.Seal(told, row.EventHead, RandomBytes.Get(EventChain.SaltBytes));

        var transition = new Transition();
        var epoch = row.Epoch++;
        row.Status = ExecutionStatus.Failed.Word();
        row.FinishedAt = at;
        row.Control = null;
        row.Error = ExecutionRows.Json(problem);
        row.EventSeq = told.Seq;
        row.EventHead = told.Hash;
        transition.Update(row, epoch);
        transition.ClearTimers(row.Id);
        transition.Run(CloseTasks, null, to =>
        {
            to.Text(row.Id);
            to.Integer(at);
        });
        transition.Count(row.WorkflowId, null, new FinishedCount(Completed: false, Failed: true, 0, row.CreditsMicro));
        transition.Events.Add(told);
        return transition;
    }
}
