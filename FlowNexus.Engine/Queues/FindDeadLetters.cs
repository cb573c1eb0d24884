using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Queues;

/// <summary>Lists what left a queue without ever having started, newest first.</summary>
public sealed class FindDeadLetters(EngineDatabase database)
{
    /// <exception cref="ProblemException">QUEUE_NOT_FOUND naming the queues there are; INVALID_REQUEST; FORBIDDEN.</exception>
    public async Task<FoundDeadLetters> RunAsync(Principal principal, string queue, int? limit, int? offset)
    {
        principal.Demand(Permission.Read);
        GetQueueStatus.Demand(queue);
        var page = Page.Of(limit, offset);
        await using var context = database.Read();
        var query = context.DeadLetters.Where(row => row.Queue == queue);
        var total = await query.CountAsync();
        var rows = await query.OrderByDescending(row => row.At).ThenBy(row => row.ExecutionId).Skip(page.Offset).Take(page.Limit)
            .Select(row => new { Row = row, Name = context.Workflows.Where(workflow => workflow.Id == row.WorkflowId).Select(workflow => workflow.Name).FirstOrDefault() }).ToListAsync();
        return new FoundDeadLetters([.. rows.Select(one => new DeadLetterView(one.Row.ExecutionId, one.Row.WorkflowId, one.Name ?? one.Row.WorkflowId, one.Row.Code, one.Row.Message, UnixMicros.Read(one.Row.At)))], total, page.Offset + rows.Count < total);
    }
}

public sealed record FoundDeadLetters(IReadOnlyList<DeadLetterView> DeadLetters, int TotalCount, bool HasMore)
{
    public bool Success { get; } = true;
}

/// <param name="Id">Of the execution that never started; also the dead letter's own.</param>
/// <param name="Code">QUEUE_TTL_EXPIRED or QUEUE_POISONED.</param>
public sealed record DeadLetterView(string Id, string WorkflowId, string WorkflowName, string Code, string Message, DateTimeOffset At);
