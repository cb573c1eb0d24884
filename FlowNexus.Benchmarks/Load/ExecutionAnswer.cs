using System.Text.Json;

namespace FlowNexus.Benchmarks.Load;

/// <summary>Reads the answer of a synchronous execute.</summary>
internal static class ExecutionAnswer
{
    /// <summary>True when the outer object, not some step inside it, says <c>success: true</c> and <c>status: completed</c>.</summary>
    public static bool SaysCompleted(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        var success = false;
        var completed = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSuccess = reader.ValueTextEquals("success"u8);
            var isStatus = reader.ValueTextEquals("status"u8);
            reader.Read();
            if (isSuccess) success = reader.TokenType == JsonTokenType.True;
            else if (isStatus) completed = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("completed"u8);
            else reader.Skip();
        }

        return success && completed;
    }
}
