using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.Delay;

/// <summary>Reads durations and moments; null means that it went well.</summary>
internal static class DelayTimes
{
    public static ProblemDetail? Seconds(JsonNode? value, out double seconds)
    {
        if (!JsonNumbers.TryRead(value, out seconds) && !(Text(value) is { } text && DurationText.TryParse(text, out seconds)))
            return new ProblemDetail("", "unit", $"{Show(value)} is not a duration.") { Allowed = DurationText.AllowedUnits, Hint = "Write a number of seconds, or a number and a unit: \"30s\", \"5m\", \"2h\", \"1d\"." };
        if (seconds is >= 0 and <= DelayStep.MostSeconds) return null;
        return new ProblemDetail("", seconds < 0 ? "too_small" : "too_large", $"A delay of {seconds} seconds is out of range; allowed is 0 to {DelayStep.MostSeconds} seconds (366 days).");
    }

    public static ProblemDetail? Moment(JsonNode? value, out DateTimeOffset moment)
    {
        moment = default;
        var isMoment = Text(value) is { } text && HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out moment);
        return isMoment ? null : new ProblemDetail("", "date_time", $"{Show(value)} is not a moment.") { Hint = "Write it with its offset: 2026-01-31T09:00:00Z or 2026-01-31T09:00:00+01:00." };
    }

    // Without an offset the moment would depend on where the server stands.
    private static bool HasOffset(string text) =>
        text.Length > 16 && text[4] == '-' && text[10] == 'T' && (text[^1] == 'Z' || text[10..].IndexOfAny(['+', '-']) > 0);

    private static string? Text(JsonNode? value) => value is JsonValue && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "null";
}
