using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions;

/// <summary>Reads numbers from JSON values whether they were parsed from text or made from a CLR number.</summary>
internal static class JsonNumbers
{
    /// <summary>Of a value whose kind is a number.</summary>
    public static double Read(JsonValue value)
    {
        if (value.TryGetValue(out double number)) return number;
        if (value.TryGetValue(out long whole)) return whole;
        if (value.TryGetValue(out int small)) return small;
        return double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static bool TryRead(JsonNode? node, out double number)
    {
        number = 0;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return false;
        number = Read(value);
        return double.IsFinite(number);
    }
}
