using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// The details of an execution's events: what the contract names, and every field of <see cref="MachineEvent"/>, so
/// that a stream alone rebuilds the state.
/// </summary>
internal static class EventPayload
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static string Of(MachineEvent happened, ExecutionRow row, AttemptFacts? facts) => Write((happened, row, facts), static (json, state) =>
    {
        var (happened, row, facts) = state;
        if (happened.Step >= 0) json.WriteNumber("attempt"u8, happened.Attempt);
        if (happened.Wait != WaitReason.None) json.WriteString("wait"u8, happened.Wait.Word());
        if (happened.DueAt is { } due) json.WriteNumber("due_at_micros"u8, UnixMicros.Of(due));
        WriteBranch(json, happened.Branch);
        LoopPayload.Write(json, happened);
        SignalPayload.Write(json, happened);
        if (happened.Scope is { } scope) json.WriteString("scope"u8, scope);
        if (happened.Fallback) json.WriteBoolean("fallback"u8, true);
        if (happened.By is { } by) json.WriteString("by"u8, by);
        if (happened.Reason is { } reason) json.WriteString("reason"u8, reason);
        if (happened.Problem is { } problem)
        {
            json.WriteString("code"u8, problem.Code);
            json.WriteString("message"u8, problem.Message);
        }

        switch (happened.Type)
        {
            case MachineEventType.ExecutionStarted:
                json.WriteString("input_data_size"u8, ByteSize.Format(row.InputBytes));
                json.WriteNumber("input_bytes"u8, row.InputBytes);
                json.WriteString("triggered_by"u8, row.TriggeredBy);
                json.WriteString("priority"u8, row.PriorityText);
                json.WriteNumber("version"u8, row.Version);
                WritePins(json, row.Pins);
                break;
            case MachineEventType.StepCompleted:
                json.WriteNumber("duration"u8, Seconds(facts?.Duration ?? TimeSpan.Zero));
                json.WriteString("output_size"u8, ByteSize.Format(facts?.Output.Bytes ?? 0));
                json.WriteNumber("output_bytes"u8, facts?.Output.Bytes ?? 0);
                if (facts?.Result?.RecordsProcessed is { } records) json.WriteNumber("records_processed"u8, records);
                WriteArtifacts(json, facts);
                break;
            case MachineEventType.ExecutionCompleted or MachineEventType.ExecutionFailed or MachineEventType.ExecutionCancelled or MachineEventType.ExecutionTimedOut:
                if (row.StartedAt is { } started) json.WriteNumber("duration"u8, Math.Round((UnixMicros.Of(happened.At) - started) / 1e6, 3));
                json.WriteNumber("credits_used"u8, row.CreditsMicro / 1e6);
                break;
        }
    });

    private static void WritePins(Utf8JsonWriter json, string? pins)
    {
        if (Pins.PinnedOutputs.Names(pins) is not { } names) return;
        json.WriteStartArray("pinned_steps"u8);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    public static string Assigned(TaskRow task, Queues.TaskAssignment assignment) => Write((task, assignment), static (json, state) =>
    {
        json.WriteString("task_id"u8, state.task.Id);
        json.WriteNumber("attempt"u8, state.assignment.Attempt);
        json.WriteString("assignment_method"u8, state.assignment.Method);
        if (state.assignment.MatchScore is { } score) json.WriteNumber("match_score"u8, Math.Round(score, 4));
        json.WriteNumber("price_credits"u8, state.assignment.PriceMicro / 1e6);
        if (state.assignment.Details is { } details)
        {
            json.WritePropertyName("match"u8);
            json.WriteRawValue(details);
        }
    });

    public static string Bound(string taskId, string method, string? details) => Write((taskId, method, details), static (json, state) =>
    {
        json.WriteString("task_id"u8, state.taskId);
        json.WriteString("assignment_method"u8, state.method);
        if (state.details is null) return;
        json.WritePropertyName("match"u8);
        json.WriteRawValue(state.details);
    });

    public static string Queued(ExecutionRow row) => Write(row, static (json, state) =>
    {
        json.WriteString("triggered_by"u8, state.TriggeredBy);
        json.WriteString("priority"u8, state.PriorityText);
        json.WriteNumber("version"u8, state.Version);
        if (state.RetryOf is { } retried) json.WriteString("retry_of"u8, retried);
    });

    /// <summary>Reads an event of an execution's stream back; null for those the machine did not make.</summary>
    public static MachineEvent? Read(EventRow row, Func<string, int?> ordinal)
    {
        if (MachineEventWords.TryRead(row.Type) is not { } type) return null;
        using var json = JsonDocument.Parse(row.Payload ?? "{}");
        var details = json.RootElement;
        return LoopPayload.Read(details, new MachineEvent(type, UnixMicros.Read(row.At))
        {
            Step = row.StepName is { } name ? ordinal(name) ?? -1 : -1,
            Attempt = details.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : 0,
            AgentId = row.AgentId,
            Wait = Text("wait") switch { "agent" => WaitReason.Agent, "retry" => WaitReason.Retry, "delay" => WaitReason.Delay, "child" => WaitReason.Child, "signal" => WaitReason.Signal, _ => WaitReason.None },
            DueAt = details.TryGetProperty("due_at_micros", out var due) ? UnixMicros.Read(due.GetInt64()) : null,
            Branch = ReadBranch(details),
            Fallback = details.TryGetProperty("fallback", out _),
            Scope = Text("scope"),
            By = Text("by"),
            Reason = Text("reason"),
            Problem = Text("code") is { } code ? new Problem(code, Text("message") ?? "") : null,
            Signal = type == MachineEventType.SignalReceived ? SignalPayload.Read(details, row) : null,
            SignalNumber = SignalPayload.Number(details),
        });

        string? Text(string property) => details.TryGetProperty(property, out var value) ? value.GetString() : null;
    }

    public static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);

    private static void WriteBranch(Utf8JsonWriter json, string? branch)
    {
        var targets = BranchTargets.Split(branch);
        if (targets.Count == 1) json.WriteString("branch"u8, branch);
        if (targets.Count < 2) return;
        json.WriteStartArray("branches"u8);
        foreach (var target in targets) json.WriteStringValue(target);
        json.WriteEndArray();
    }

    private static string? ReadBranch(JsonElement details)
    {
        if (details.TryGetProperty("branches", out var several)) return BranchTargets.Join([.. several.EnumerateArray().Select(target => target.GetString()!)]);
        return details.TryGetProperty("branch", out var one) ? one.GetString() : null;
    }

    private static void WriteArtifacts(Utf8JsonWriter json, AttemptFacts? facts)
    {
        if (facts?.Result?.Artifacts is not { Count: > 0 } artifacts) return;
        json.WriteStartArray("artifacts"u8);
        foreach (var artifact in artifacts) json.WriteStringValue(artifact.ArtifactId);
        json.WriteEndArray();
    }

    private static string Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        write(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
