using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>One cell as text and as JSON.</summary>
public static class CellText
{
    /// <summary>Null for missing; invariant culture; round-trips through <see cref="TextInference.Parse"/>.</summary>
    public static string? Format(object? value) => value switch
    {
        null => null,
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        DateTime date => DateText.Format(date),
        _ => throw new ArgumentException($"{value.GetType()} is not a cell type.", nameof(value)),
    };

    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        double number => JsonValue.Create(number),
        long integer => JsonValue.Create(integer),
        bool boolean => JsonValue.Create(boolean),
        _ => JsonValue.Create(Format(value)),
    };
}
