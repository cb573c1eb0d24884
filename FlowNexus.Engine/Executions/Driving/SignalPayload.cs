using System.Text.Json;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The details of events about signals.</summary>
internal static class SignalPayload
{
    public static void Write(Utf8JsonWriter json, MachineEvent happened)
    {
        if (happened.SignalNumber > 0) json.WriteNumber("signal_number"u8, happened.SignalNumber);
        if (happened.Signal is not { } signal) return;
        json.WriteNumber("signal_number"u8, signal.Number);
        json.WriteString("signal"u8, signal.Name);
        if (signal.Key is not null) json.WriteString("idempotency_key"u8, signal.Key);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(signal.Data);
    }

    public static ReceivedSignal Read(JsonElement details, EventRow row) => new(
        Number(details),
        details.GetProperty("signal").GetString()!,
        details.GetProperty("data").GetRawText(),
        row.UserId!,
        UnixMicros.Read(row.At),
        details.TryGetProperty("idempotency_key", out var key) ? key.GetString() : null,
        null);

    public static int Number(JsonElement details) => details.TryGetProperty("signal_number", out var number) ? number.GetInt32() : 0;
}
