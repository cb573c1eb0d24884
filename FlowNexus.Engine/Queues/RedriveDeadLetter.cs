using System.Text.Json;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Queues;

/// <summary>Takes a dead letter away: with a new execution in its place, or for good. Its own execution stays as it ended.</summary>
public sealed class RedriveDeadLetter(EngineDatabase database, RetryExecution retry, TimeProvider time)
{
    /// <returns>The execution that has the new place in the queue; the same one however often it is asked for.</returns>
    /// <exception cref="ProblemException">QUEUE_NOT_FOUND; NOT_FOUND; what <see cref="RetryExecution"/> throws; FORBIDDEN.</exception>
    public async Task<StartedExecution> RunAsync(Principal principal, string queue, string id)
    {
        principal.Demand(Permission.Run);
        await DemandAsync(queue, id);
        var started = await retry.RunAsync(principal, new RetryRequest(id, "start", $"redrive:{id}"));
        await RemoveAsync(principal, queue, id, "dead_letter_redriven", started.Row.Id);
        return started;
    }

    /// <exception cref="ProblemException">QUEUE_NOT_FOUND; NOT_FOUND; FORBIDDEN.</exception>
    public async Task DiscardAsync(Principal principal, string queue, string id)
    {
        principal.Demand(Permission.Run);
        await DemandAsync(queue, id);
        await RemoveAsync(principal, queue, id, "dead_letter_discarded", null);
    }

    private async Task DemandAsync(string queue, string id)
    {
        GetQueueStatus.Demand(queue);
        await using var context = database.Read();
        if (!await context.DeadLetters.AnyAsync(row => row.ExecutionId == id && row.Queue == queue)) throw Gone(queue, id);
    }

    private async Task RemoveAsync(Principal principal, string queue, string id, string type, string? redrivenAs)
    {
        var now = time.GetUtcNow();
        var transition = new Transition();
        transition.RemoveDeadLetter(id);
        transition.Tell(new EventRow
        {
            Stream = $"queue_{queue}",
            EventId = NewId.Event(now),
            Type = type,
            At = UnixMicros.Of(now),
            ExecutionId = id,
            UserId = principal.UserId,
            Payload = JsonSerializer.Serialize(new { queue, execution_id = id, redriven_as = redrivenAs }, ProblemJson.Options),
        });
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            // Somebody else was faster; a redrive led to the same execution.
            if (redrivenAs is null) throw Gone(queue, id);
        }
    }

    private static ProblemException Gone(string queue, string id) =>
        new(ProblemCodes.NotFound, $"The queue {queue} has no dead letter \"{id}\". It may have been redriven or discarded; list the dead letters to see what is left.");
}
