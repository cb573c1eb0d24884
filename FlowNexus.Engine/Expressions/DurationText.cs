using System.Globalization;
using FlowNexus.Engine.Expressions.Syntax;

namespace FlowNexus.Engine.Expressions;

/// <summary>Reads durations as people write them: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
public static class DurationText
{
    public static IReadOnlyList<string> AllowedUnits => Units.Durations;

    /// <summary>A plain number is seconds. False for a missing number or a unit that is not one of <see cref="AllowedUnits"/>.</summary>
    public static bool TryParse(string text, out double seconds)
    {
        seconds = 0;
        var trimmed = text.AsSpan().Trim();
        var digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.')) digits++;
        if (!double.TryParse(trimmed[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;

        var unit = trimmed[digits..].Trim().ToString();
        if (unit.Length == 0) unit = "s";
        if (!Units.Durations.Contains(unit) || !Units.TryFactor(unit, out var factor)) return false;
        seconds = Units.Apply(number, factor);
        return double.IsFinite(seconds);
    }
}
