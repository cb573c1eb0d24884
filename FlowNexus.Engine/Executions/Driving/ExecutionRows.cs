using System.Text.Json;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The machine's state as rows, and back.</summary>
internal static class ExecutionRows
{
    private static readonly string[] WaitWords = ["none", "agent", "retry", "delay", "resume", "child", "signal"];
    private static readonly string[] TimerWords = ["step_timeout", "retry", "delay", "execution_timeout", "cancel_grace", "items", "queue_delay", "queue_ttl"];

    public static string Word(this WaitReason wait) => WaitWords[(int)wait];

    public static string Word(this TimerKind kind) => TimerWords[(int)kind];

    public static TimerKind Timer(string word) => (TimerKind)Array.IndexOf(TimerWords, word);

    public static string Json(Problem problem) => JsonSerializer.Serialize(problem, ProblemJson.Options);

    public static ExecutionControl? Control(string? json) => Stored<ExecutionControl>(json);

    public static Problem? Problem(string? json) => Stored<Problem>(json);

    /// <summary>The row of a step after a transition: the machine's state, and the output and records that came with it.</summary>
    public static StepRow Step(string executionId, PreparedWorkflow workflow, int ordinal, StepState state, StepRow? before, string? taskId, AttemptFacts? facts, Problem? problem) => new()
    {
        ExecutionId = executionId,
        Ordinal = ordinal,
        StepId = workflow.StepIds[ordinal],
        Name = workflow.Definition.Steps[ordinal].Name,
        Status = state.Status.Word(),
        Wait = state.Wait.Word(),
        Attempt = state.Attempt,
        Failures = state.Failures,
        Lost = state.Lost,
        FallbackUsed = state.FallbackUsed,
        AgentId = state.AgentId,
        TaskId = taskId,
        Branch = state.Branch,
        ChildId = state.ChildId,
        Loop = state.Loop is { } loop ? JsonSerializer.Serialize(loop, ProblemJson.Options) : null,
        StartedAt = UnixMicros.Of(state.StartedAt),
        AttemptStartedAt = UnixMicros.Of(state.AttemptStartedAt),
        FinishedAt = UnixMicros.Of(state.FinishedAt),
        DueAt = UnixMicros.Of(state.DueAt),
        Progress = state.Progress,
        Output = facts?.Output.Artifact is null ? facts?.Output.Json ?? before?.Output : null,
        OutputArtifact = facts?.Output.Artifact?.ArtifactId ?? before?.OutputArtifact,
        OutputBytes = facts?.Output.Bytes ?? before?.OutputBytes ?? 0,
        Records = facts?.Result?.RecordsProcessed ?? before?.Records,
        Error = problem is not null ? Json(problem) : state.Status == StepStatus.Completed ? null : before?.Error,
    };

    public static LoopState? Loop(string? json) => Stored<LoopState>(json);

    /// <param name="signals">In the order of their numbers.</param>
    public static ExecutionState State(ExecutionRow row, IEnumerable<StepRow> rows, IReadOnlyList<SignalRow> signals)
    {
        var state = ExecutionState.New(row.StepsTotal) with
        {
            Status = Known(StatusWords.Execution(row.Status), row.Status),
            StartedAt = UnixMicros.Read(row.StartedAt),
            FinishedAt = UnixMicros.Read(row.FinishedAt),
            Reopens = row.Reopens,
            Progress = row.Progress,
            Control = Control(row.Control),
            Inbox = signals.Count == 0 ? SignalInbox.Empty : new SignalInbox { Signals = [.. signals.Select(Signal)] },
        };
        foreach (var step in rows) state.Steps[step.Ordinal] = State(step);
        return state;
    }

    /// <exception cref="ProblemException">EXECUTION_DAMAGED: the row holds a word that this product never wrote.</exception>
    private static TWord Known<TWord>(TWord word, string text) where TWord : struct, Enum =>
        Enum.IsDefined(word) ? word : throw Damaged($"\"{text}\" is no {typeof(TWord).Name}.");

    /// <exception cref="ProblemException">EXECUTION_DAMAGED: the row holds JSON that this product never wrote.</exception>
    private static T? Stored<T>(string? json) where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<T>(json, ProblemJson.Options);
        }
        catch (JsonException damage)
        {
            throw Damaged($"a stored {typeof(T).Name} cannot be read: {damage.Message}");
        }
    }

    private static ProblemException Damaged(string how) => new(ProblemCodes.ExecutionDamaged, $"What is stored of this execution is damaged: {how}");

    public static SignalRow Signal(string executionId, ReceivedSignal signal) => new()
    {
        ExecutionId = executionId,
        Number = signal.Number,
        Name = signal.Name,
        Data = signal.Data,
        SentBy = signal.By,
        SentAt = UnixMicros.Of(signal.At),
        IdempotencyKey = signal.Key,
        TakenBy = signal.TakenBy,
    };

    private static ReceivedSignal Signal(SignalRow row) => new(row.Number, row.Name, row.Data, row.SentBy, UnixMicros.Read(row.SentAt), row.IdempotencyKey, row.TakenBy);

    private static StepState State(StepRow row) => new()
    {
        Status = Known(StatusWords.Step(row.Status), row.Status),
        Wait = Known((WaitReason)Array.IndexOf(WaitWords, row.Wait), row.Wait),
        Attempt = row.Attempt,
        Failures = row.Failures,
        Lost = row.Lost,
        FallbackUsed = row.FallbackUsed,
        AgentId = row.AgentId,
        Branch = row.Branch,
        ChildId = row.ChildId,
        Loop = Loop(row.Loop),
        StartedAt = UnixMicros.Read(row.StartedAt),
        AttemptStartedAt = UnixMicros.Read(row.AttemptStartedAt),
        FinishedAt = UnixMicros.Read(row.FinishedAt),
        DueAt = UnixMicros.Read(row.DueAt),
        Progress = row.Progress,
    };
}
