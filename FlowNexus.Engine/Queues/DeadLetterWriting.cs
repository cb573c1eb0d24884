using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Queues;

/// <summary>The rows of dead letters in somebody's transition.</summary>
internal static class DeadLetterWriting
{
    private static readonly Statement Remove = new("DELETE FROM dead_letters WHERE execution_id = ?1");

    /// <summary>An execution that ends in this transition, without ever having started.</summary>
    public static void DeadLetter(this Transition transition, ExecutionRow row, Problem problem, DateTimeOffset at) => transition.InsertIfAbsent(Tables.DeadLetters, new DeadLetterRow
    {
        ExecutionId = row.Id,
        Queue = GetQueueStatus.Executions,
        WorkflowId = row.WorkflowId,
        Code = problem.Code,
        Message = problem.Message,
        At = UnixMicros.Of(at),
    });

    /// <summary>Refused when somebody else took it away.</summary>
    public static void RemoveDeadLetter(this Transition transition, string executionId) => transition.Run(Remove, Refusal.Stale, to => to.Text(executionId));
}
