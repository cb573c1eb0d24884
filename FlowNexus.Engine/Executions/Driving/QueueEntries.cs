using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>An execution's row as a message of its queue.</summary>
internal static class QueueEntries
{
    public static QueueEntry Of(ExecutionRow row) => new(row.Id, row.Priority, row.WorkflowId, Limit(row));

    public static ConcurrencyLimit? Limit(ExecutionRow row) => row.LimitPlaces is { } places ? new ConcurrencyLimit(row.WorkflowId, row.LimitKey, places) : null;
}
