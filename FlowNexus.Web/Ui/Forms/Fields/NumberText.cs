using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>Numbers as people type them, held against a field's bounds.</summary>
public static class NumberText
{
    /// <summary>The value, or what is wrong with the text; neither for an empty one.</summary>
    public static (JsonNode? Value, string? Wrong) Read(string text, FieldSpec field)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return (null, null);
        if (trimmed.StartsWith("{{", StringComparison.Ordinal)) return (JsonValue.Create(trimmed), null);
        if (!double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return (null, $"\"{trimmed}\" is no {(field.Whole ? "whole " : "")}number; it is not saved.");
        if (field.Whole && number != Math.Floor(number)) return (null, $"{trimmed} is no whole number; it is not saved.");
        if (Bounds(number, field) is { } wrong) return (null, wrong);
        return (field.Whole && Math.Abs(number) < 9e15 ? JsonValue.Create((long)number) : JsonValue.Create(number), null);
    }

    /// <summary>One up or down from what is typed, or from the default; null when that is no number or the bound is reached.</summary>
    public static double? Next(string text, FieldSpec field, bool up)
    {
        var from = text.Trim().Length == 0 ? field.Default?.ToJsonString() ?? "0" : text;
        if (!double.TryParse(from, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        var step = field.Whole ? 1 : number is > -1 and < 1 || field.Most <= 1 ? 0.1 : 1;
        var next = Math.Round(number + (up ? step : -step), 9);
        return Bounds(next, field) is null ? next : null;
    }

    private static string? Bounds(double number, FieldSpec field)
    {
        if (field.Least is { } least && (number < least || (number == least && field.Schema["exclusiveMinimum"] is not null)))
            return $"Must be {(field.Schema["exclusiveMinimum"] is not null ? "more than" : "at least")} {Written(least)}; it is not saved.";
        if (field.Most is { } most && (number > most || (number == most && field.Schema["exclusiveMaximum"] is not null)))
            return $"Must be {(field.Schema["exclusiveMaximum"] is not null ? "less than" : "at most")} {Written(most)}; it is not saved.";
        return null;
    }

    private static string Written(double number) => number.ToString("#,0.##########", CultureInfo.InvariantCulture);
}
