using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Queues;

/// <summary>Says in one sentence why an execution has not started yet.</summary>
public sealed class WaitingReasons(IExecutionQueue executions, ITaskLine tasks, PauseBook pauses, TimeProvider time)
{
    private static readonly string[] Places = ["Next", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];

    /// <summary>Where these executions stand, as far as they wait in the queue.</summary>
    internal async Task<Func<ExecutionRow, string, QueueStanding>> StandingsAsync(IEnumerable<ExecutionRow> rows)
    {
        var places = await executions.PlacesAsync([.. rows.Where(IsQueued).Select(row => row.Id)]);
        var now = time.GetUtcNow();
        return (row, workflowName) => IsQueued(row) && places.GetValueOrDefault(row.Id) is var place ? new QueueStanding(place, Of(row, workflowName, place, now)) : default;
    }

    internal async Task<QueueStanding> StandingAsync(ExecutionRow row, string workflowName) => (await StandingsAsync([row]))(row, workflowName);

    /// <summary>Where those of these tasks stand that wait for an agent.</summary>
    internal Task<IReadOnlyDictionary<string, TaskPlace>> TasksAsync(IEnumerable<string?> taskIds) => tasks.PlacesAsync([.. taskIds.OfType<string>()]);

    /// <summary>Null when it does not wait in the queue.</summary>
    public string? Of(ExecutionRow row, string workflowName, QueuePlace? place, DateTimeOffset now)
    {
        if (!IsQueued(row)) return null;
        if (row.NotBefore is { } due && UnixMicros.Read(due) > now) return $"Enters the queue at {Time(UnixMicros.Read(due), now)}, as asked.";
        if (pauses.Of(PauseScopes.System) is { } system) return $"The system is {Paused(system, now)}";
        if (pauses.Of(PauseScopes.Queue(GetQueueStatus.Executions)) is { } queue) return $"The queue {GetQueueStatus.Executions} is {Paused(queue, now)}";
        if (pauses.Of(PauseScopes.Workflow(row.WorkflowId)) is { } workflow) return $"Its workflow '{workflowName}' is {Paused(workflow, now)}";
        return place switch
        {
            null => "Its turn has come; it is about to start.",
            { Cause: WaitCause.Limit, Limit: { } limit } => $"{InLine(place.Position)}; workflow '{workflowName}' already runs its limit of {limit.Places}{For(limit.Key)}.",
            _ => $"{InLine(place.Position)}; {(place.Places == 1 ? "the only place is" : $"all {place.Places:N0} places are")} taken.",
        };
    }

    private static bool IsQueued(ExecutionRow row) => row.Status == "queued";

    internal static string Paused(Pause pause, DateTimeOffset now) =>
        $"paused{(pause.By is null ? "" : $" by {pause.By}")} since {Time(pause.Since, now)}{(string.IsNullOrWhiteSpace(pause.Reason) ? "." : $": '{pause.Reason}'.")}";

    internal static string InLine(int position) => $"{(position <= Places.Length ? Places[position - 1] : $"Number {position:N0}")} in line";

    private static string For(string? key) => key is null ? "" : $" for {key}";

    private static string Time(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.Date == now.UtcDateTime.Date ? $"{at.UtcDateTime:HH:mm} UTC" : $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
