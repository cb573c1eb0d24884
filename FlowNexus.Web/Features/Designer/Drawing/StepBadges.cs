using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>What is worth a sign at the edge of a step's box.</summary>
internal static class StepBadges
{
    public static IEnumerable<CanvasBadge> Of(RawStep step, bool isPinned)
    {
        if (isPinned) yield return new CanvasBadge("pinned", "Its output is pinned for trying out; triggers never use it");
        if (Whole(step.Field("retry_attempts")) is > 0 and { } retries)
            yield return new CanvasBadge("retry", retries == 1 ? "Tried once more when it fails" : string.Create(CultureInfo.InvariantCulture, $"Tried up to {retries} more times when it fails"));
        if (Time(step.Field("timeout")) is { } limit) yield return new CanvasBadge("timeout", $"At most {limit} an attempt");
        if (Join(step.Field("join")) is { } join) yield return new CanvasBadge("join", join);
        if (RawStep.Text(step.Field("fallback_agent_type")) is { Length: > 0 } other) yield return new CanvasBadge("fallback", $"Falls back to {other}");
        if (RawStep.Text(step.Field("exclusive")) is { Length: > 0 } section) yield return new CanvasBadge("exclusive", $"One at a time in section {section}");
    }

    private static string? Join(JsonNode? join)
    {
        var least = join switch
        {
            JsonObject source => Whole(source["at_least"]),
            _ when RawStep.Text(join) == "any" => 1,
            _ => Whole(join),
        };
        return least switch
        {
            null => null,
            1 => "Begins with the first way in that arrives",
            _ => string.Create(CultureInfo.InvariantCulture, $"Begins with the way in that arrives as number {least}"),
        };
    }

    private static string? Time(JsonNode? node) =>
        RawStep.Text(node) is { Length: > 0 } text ? text : node is JsonValue value && value.TryGetValue(out double seconds) && seconds > 0 ? Ui.Times.TimeWords.Duration(TimeSpan.FromSeconds(Math.Min(seconds, 366 * 86400d))) : null;

    private static int? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
