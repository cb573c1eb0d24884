using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Pauses;

/// <summary>
/// Pauses and resumes a queue or the whole system. A paused queue accepts and keeps what comes, and gives nothing out. A
/// paused system starts no execution and no step; attempts that run finish.
/// </summary>
public sealed class PauseAdmission(EngineDatabase database, PauseBook book, IGrainFactory grains, TimeProvider time)
{
    /// <exception cref="ProblemException">CONFLICT when it is paused already; INVALID_REQUEST; FORBIDDEN.</exception>
    public Task PauseSystemAsync(Principal principal, string? reason) => ChangeAsync(principal, PauseScopes.System, "system", "system_paused", reason, pause: true);

    /// <exception cref="ProblemException">CONFLICT when it is not paused; INVALID_REQUEST; FORBIDDEN.</exception>
    public Task ResumeSystemAsync(Principal principal, string? reason) => ChangeAsync(principal, PauseScopes.System, "system", "system_resumed", reason, pause: false);

    /// <exception cref="ProblemException">QUEUE_NOT_FOUND; CONFLICT when it is paused already; INVALID_REQUEST; FORBIDDEN.</exception>
    public Task PauseQueueAsync(Principal principal, string queue, string? reason) => ChangeAsync(principal, PauseScopes.Queue(Known(queue)), $"queue_{queue}", "queue_paused", reason, pause: true);

    /// <exception cref="ProblemException">QUEUE_NOT_FOUND; CONFLICT when it is not paused; INVALID_REQUEST; FORBIDDEN.</exception>
    public Task ResumeQueueAsync(Principal principal, string queue, string? reason) => ChangeAsync(principal, PauseScopes.Queue(Known(queue)), $"queue_{queue}", "queue_resumed", reason, pause: false);

    /// <summary>Whether the system is paused, since when, by whom and why.</summary>
    public SystemView System(Principal principal)
    {
        principal.Demand(Permission.Read);
        return SystemView.Of(book.Of(PauseScopes.System));
    }

    /// <summary>Lets the queues and the drivers act on what the book says now.</summary>
    internal async Task ApplyAsync()
    {
        await book.ReadAsync();
        await grains.GetGrain<IExecutionQueueGrain>(GrainQueues.Executions).RefreshAsync();
        await grains.GetGrain<ITaskQueueGrain>(GrainQueues.Tasks).RefreshAsync();
        book.Tell();
    }

    private async Task ChangeAsync(Principal principal, string scope, string stream, string type, string? reason, bool pause)
    {
        principal.Demand(Permission.Admin);
        PauseWriting.DemandReason(reason);
        var now = time.GetUtcNow();
        var transition = new Transition();
        if (pause) transition.Pause(scope, principal, reason, now);
        else transition.Resume(scope, Refusal.Stale);
        transition.Tell(new EventRow
        {
            Stream = stream,
            EventId = NewId.Event(now),
            Type = type,
            At = UnixMicros.Of(now),
            UserId = principal.UserId,
            Payload = global::System.Text.Json.JsonSerializer.Serialize(new { scope, reason }, ProblemJson.Options),
        });
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            var what = scope.Replace("queue/", "queue ", StringComparison.Ordinal);
            throw new ProblemException(ProblemCodes.Conflict, pause ? $"The {what} is paused already{Who(book.Of(scope))}. Resume it first." : $"The {what} is not paused.");
        }

        await ApplyAsync();
    }

    internal static string Who(Pause? pause) => pause is null ? "" : $", by {pause.By} since {pause.Since:yyyy-MM-dd HH:mm:ss}Z{(pause.Reason is null ? "" : $": {pause.Reason}")}";

    private static string Known(string queue)
    {
        GetQueueStatus.Demand(queue);
        return queue;
    }
}

/// <param name="State"><c>running</c> or <c>paused</c>.</param>
public sealed record SystemView(string State, DateTimeOffset? Since, string? By, string? Reason)
{
    public bool Success { get; } = true;

    internal static SystemView Of(Pause? pause) => new(pause is null ? "running" : "paused", pause?.Since, pause?.By, pause?.Reason);
}
