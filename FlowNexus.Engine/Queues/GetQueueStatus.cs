using FlowNexus.Engine.Access;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Queues;

/// <summary>Counts the queues, straight from the rows that are their messages.</summary>
public sealed class GetQueueStatus(EngineDatabase database, QueueMessages waiting, PauseBook pauses, IOptions<EngineOptions> options, TimeProvider time)
{
    public const string Executions = "workflow_executions";
    public const string Tasks = "agent_assignments";
    public static readonly IReadOnlyList<string> Names = [Executions, Tasks];

    /// <summary>Messages that are shown of a queue.</summary>
    public const int MostMessages = 100;

    /// <summary>The average is of the latest: a row has to be fetched for each.</summary>
    private const int MostAveraged = 1000;

    /// <summary>A queue whose oldest message waits longer than this is degraded, in seconds.</summary>
    public const double SlowAfter = 300;

    /// <exception cref="ProblemException">QUEUE_NOT_FOUND naming the queues there are; FORBIDDEN.</exception>
    public async Task<QueueStatusView> RunAsync(Principal principal, string? queueName, bool includeMessages)
    {
        principal.Demand(Permission.Read);
        if (queueName is not null) Demand(queueName);
        await using var context = database.Read();
        var now = time.GetUtcNow();
        List<QueueView> queues = [];
        if (queueName is null or Executions) queues.Add(await ExecutionsAsync(context, now, includeMessages ? await waiting.ExecutionsAsync(context, MostMessages) : null) with { Limit = options.Value.MaxRunningExecutions, Capacity = options.Value.ExecutionQueueCapacity });
        if (queueName is null or Tasks) queues.Add(await TasksAsync(context, now, includeMessages ? await waiting.TasksAsync(context, MostMessages) : null) with { Capacity = options.Value.TaskQueueCapacity });
        var since = UnixMicros.Of(now - TimeSpan.FromMinutes(5));
        var ended = await context.Executions.CountAsync(row => new[] { "completed", "failed", "cancelled", "timed_out" }.Contains(row.Status) && row.FinishedAt >= since);
        var dead = await context.DeadLetters.GroupBy(row => row.Queue).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        queues = [.. queues.Select(queue => queue with { DeadLetters = dead.GetValueOrDefault(queue.Name), Paused = pauses.Of(PauseScopes.Queue(queue.Name)) ?? pauses.Of(PauseScopes.System) })];
        return new QueueStatusView(queues, queues.TrueForAll(queue => queue.Status == "healthy") ? "optimal" : "degraded", Math.Round(ended / 5.0, 1));
    }

    /// <exception cref="ProblemException">QUEUE_NOT_FOUND naming the queues there are.</exception>
    internal static void Demand(string name)
    {
        if (!Names.Contains(name)) throw new ProblemException(ProblemCodes.QueueNotFound, $"There is no queue \"{name}\". There are: {string.Join(", ", Names)}.");
    }

    private static async Task<QueueView> ExecutionsAsync(FlowNexusDbContext context, DateTimeOffset now, IReadOnlyList<QueueMessageView>? messages)
    {
        var today = UnixMicros.Of(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));
        var pending = await context.Executions.CountAsync(row => row.Status == "queued");
        var processing = await context.Executions.CountAsync(row => row.Status == "running");
        var completed = await context.Executions.CountAsync(row => row.Status == "completed" && row.FinishedAt >= today);
        var failed = await context.Executions.CountAsync(row => (row.Status == "failed" || row.Status == "timed_out") && row.FinishedAt >= today);
        var average = await context.Executions.Where(row => row.Status == "completed" && row.FinishedAt >= today).OrderByDescending(row => row.FinishedAt).Take(MostAveraged).AverageAsync(row => (double?)(row.FinishedAt - row.StartedAt));
        var oldest = await context.Executions.Where(row => row.Status == "queued").MinAsync(row => (long?)row.CreatedAt);
        return View(Executions, pending, processing, completed, failed, average, oldest, now, messages);
    }

    private static async Task<QueueView> TasksAsync(FlowNexusDbContext context, DateTimeOffset now, IReadOnlyList<QueueMessageView>? messages)
    {
        var today = UnixMicros.Of(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));
        var pending = await context.Tasks.CountAsync(row => row.Status == "queued");
        var processing = await context.Tasks.CountAsync(row => row.Status == "in_progress");
        var completed = await context.Tasks.CountAsync(row => row.Status == "completed" && row.FinishedAt >= today);
        var failed = await context.Tasks.CountAsync(row => row.Status == "failed" && row.FinishedAt >= today);
        var average = await context.Tasks.Where(row => row.Status == "completed" && row.FinishedAt >= today).OrderByDescending(row => row.FinishedAt).Take(MostAveraged).AverageAsync(row => (double?)(row.FinishedAt - row.StartedAt));
        var oldest = await context.Tasks.Where(row => row.Status == "queued").MinAsync(row => row.QueuedAt);
        return View(Tasks, pending, processing, completed, failed, average, oldest, now, messages);
    }

    private static QueueView View(string name, int pending, int processing, int completed, int failed, double? averageMicros, long? oldest, DateTimeOffset now, IReadOnlyList<QueueMessageView>? messages)
    {
        var age = oldest is { } at ? Math.Round((UnixMicros.Of(now) - at) / 1e6, 1) : 0;
        var slow = age > SlowAfter;
        return new QueueView(name, slow ? "degraded" : "healthy", slow ? $"The oldest message waits for {age:0} s; more than {SlowAfter} s is slow." : null,
            pending, processing, completed, failed, averageMicros is { } micros ? Math.Round(micros / 1e6, 3) : null, age, messages);
    }
}

/// <param name="ThroughputPerMinute">Executions that ended per minute, over the last five minutes.</param>
public sealed record QueueStatusView(IReadOnlyList<QueueView> Queues, string SystemHealth, double ThroughputPerMinute)
{
    public bool Success { get; } = true;
}

/// <param name="Reason">The rule that makes it less than healthy.</param>
/// <param name="CompletedToday">Since 00:00 UTC.</param>
/// <param name="AverageProcessingTime">Seconds, of the last 1,000 that completed today; null before the first.</param>
/// <param name="OldestMessageAge">Seconds; 0 when nothing waits.</param>
public sealed record QueueView(
    string Name,
    string Status,
    string? Reason,
    int PendingMessages,
    int ProcessingMessages,
    int CompletedToday,
    int FailedToday,
    double? AverageProcessingTime,
    double OldestMessageAge,
    IReadOnlyList<QueueMessageView>? Messages)
{
    /// <summary>How many are in process at the same time; null where the agents' capacities alone count.</summary>
    public int? Limit { get; init; }

    /// <summary>How many may wait before QUEUE_FULL.</summary>
    public int Capacity { get; init; }

    /// <summary>How many left it without having started and wait for somebody to redrive or discard them.</summary>
    public int DeadLetters { get; init; }

    /// <summary>Who paused it, or the whole system, when and why.</summary>
    public Pause? Paused { get; init; }
}

/// <param name="Position">From 1; null for what has not entered the line.</param>
/// <param name="WaitingReason">In one sentence, why it waits.</param>
public sealed record QueueMessageView(string ExecutionId, string WorkflowId, string WorkflowName, string? TaskId, string? StepName, string Priority, DateTimeOffset EnqueuedAt, int? Position, string? WaitingReason);
