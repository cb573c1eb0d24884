using System.Globalization;
using System.Security.Cryptography;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>
/// What one execution of W1 writes in its one commit: the execution, three steps, five events with payloads of
/// about 300 bytes. (The tenth write is the workflow's counter.) Both sides of the comparison write these rows.
/// </summary>
internal static class W1Rows
{
    public const string WorkflowId = "workflow_00000000000000000000000001";
    public const int StepCount = 3;
    private const long At = 1_790_000_000_000_000;

    private static readonly string Payload = $$"""{"attempt":1,"duration_us":300,"output":{"n":2},"input":"{{new string('x', 230)}}"}""";
    private static readonly byte[] Hash = SHA256.HashData("W1"u8);
    private static readonly string[] EventTypes = ["execution.started", "step.completed", "step.completed", "step.completed", "execution.completed"];

    /// <summary>Ids of the product's length that sort in the order they are made, as its own do.</summary>
    public static string ExecutionId(long number) => Id("exec_", number);

    public static string EventId(long number) => Id("evt_", number);

    public static WorkflowRow Workflow() => new()
    {
        Id = WorkflowId,
        Name = "W1",
        Status = "active",
        Priority = "5",
        LatestVersion = 1,
        ActiveVersion = 1,
        Revision = 1,
        CreatedAt = At,
        UpdatedAt = At,
        CreatedBy = "user_local",
    };

    public static ExecutionRow Execution(string id, IReadOnlyList<EventRow> events) => new()
    {
        Id = id,
        WorkflowId = WorkflowId,
        Version = 1,
        Status = "completed",
        Priority = 5,
        PriorityText = "5",
        Epoch = 1,
        Owner = "node-1",
        Input = """{"n":1}""",
        InputBytes = 7,
        TriggeredBy = "api",
        UserId = "user_local",
        Account = "default",
        CreatedAt = At,
        StartedAt = At,
        FinishedAt = At + 900,
        Progress = 1,
        StepsTotal = StepCount,
        StepsCompleted = StepCount,
        EventSeq = events.Count,
        EventHead = events[^1].Hash,
    };

    public static StepRow Step(string executionId, int ordinal) => new()
    {
        ExecutionId = executionId,
        Ordinal = ordinal,
        StepId = $"step_{ordinal:00000000000000000000000000}",
        Name = $"s{ordinal + 1}",
        Status = "completed",
        Wait = "none",
        Attempt = 1,
        StartedAt = At,
        AttemptStartedAt = At,
        FinishedAt = At + 300,
        Progress = 1,
        Output = """{"n":2}""",
        OutputBytes = 7,
    };

    /// <summary>The same content, and so the same hashes, for every execution: chaining is the driver's work, not the journal's.</summary>
    public static IReadOnlyList<EventRow> Events(string executionId, long number) =>
        [.. Enumerable.Range(0, EventTypes.Length).Select(i => Event(executionId, number, i))];

    private static EventRow Event(string executionId, long number, int index) => new()
    {
        Stream = executionId,
        Seq = index + 1,
        EventId = EventId(number * EventTypes.Length + index),
        Type = EventTypes[index],
        At = At + index,
        WorkflowId = WorkflowId,
        ExecutionId = executionId,
        StepName = EventTypes[index] == "step.completed" ? "s1" : null,
        UserId = "user_local",
        Payload = Payload,
        Salt = Hash.AsSpan(0, EventChain.SaltBytes).ToArray(),
        PayloadHash = Hash,
        Hash = Hash,
    };

    private static string Id(string prefix, long number) => prefix + number.ToString("D26", CultureInfo.InvariantCulture);
}
