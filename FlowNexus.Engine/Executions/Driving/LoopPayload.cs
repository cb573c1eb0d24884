using System.Text.Json;
using FlowNexus.Engine.Executions.Machine;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The details of events about items and about other executions.</summary>
internal static class LoopPayload
{
    public static void Write(Utf8JsonWriter json, MachineEvent happened)
    {
        if (happened.ChildId is { } child) json.WriteString("child_execution_id"u8, child);
        if (happened.Type == MachineEventType.LoopStarted) json.WriteNumber("count"u8, happened.Count);
        if (happened.Item < 0) return;
        json.WriteNumber("item"u8, happened.Item);
        json.WriteNumber("through"u8, happened.Through);
    }

    public static MachineEvent Read(JsonElement details, MachineEvent happened) => happened with
    {
        ChildId = details.TryGetProperty("child_execution_id", out var child) ? child.GetString() : null,
        Count = Number(details, "count", 0),
        Item = Number(details, "item", -1),
        Through = Number(details, "through", 0),
    };

    private static int Number(JsonElement details, string property, int absent) => details.TryGetProperty(property, out var value) ? value.GetInt32() : absent;
}
