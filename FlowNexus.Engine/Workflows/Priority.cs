using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// How soon something runs against others in the same queue: 0 to 10, higher is sooner.
/// The words low, normal, high and critical mean 2, 5, 8 and 10. What the caller wrote is echoed as given.
/// </summary>
public readonly record struct Priority(int Value, string? Word)
{
    public const int Lowest = 0;
    public const int Highest = 10;

    public static readonly IReadOnlyList<string> Words = ["low", "normal", "high", "critical"];

    public static Priority Normal => new(5, null);

    /// <summary>Reads a number from 0 to 10 or one of <see cref="Words"/>; false for anything else.</summary>
    public static bool TryRead(JsonNode? node, out Priority priority)
    {
        priority = Normal;
        if (node is not JsonValue value) return false;
        if (value.TryGetValue(out string? word)) return TryParse(word, out priority);
        if (!JsonNumbers.TryRead(value, out var number) || number != Math.Floor(number) || number is < Lowest or > Highest) return false;
        priority = new Priority((int)number, null);
        return true;
    }

    /// <summary>Reads the stored form, which is also what the caller wrote: <c>5</c> or <c>high</c>.</summary>
    public static bool TryParse(string text, out Priority priority)
    {
        int? named = text switch { "low" => 2, "normal" => 5, "high" => 8, "critical" => 10, _ => null };
        if (named is { } value)
        {
            priority = new Priority(value, text);
            return true;
        }

        var ok = int.TryParse(text, out var number) && number is >= Lowest and <= Highest;
        priority = ok ? new Priority(number, null) : Normal;
        return ok;
    }

    public JsonNode ToJson() => Word is { } word ? JsonValue.Create(word) : JsonValue.Create(Value);

    public override string ToString() => Word ?? Value.ToString();
}
