using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>An event as the list shows it: a page that follows thousands keeps no more of each.</summary>
public sealed record EventLine(long Position, long Seq, DateTimeOffset At, string Type, string? Step, string Words)
{
    private const int Longest = 300;

    public static EventLine Of(EventView one) => new(one.Position, one.Seq, one.Timestamp, one.Type, one.StepName, Short(one.Details));

    private static string Short(JsonNode? details)
    {
        if (details is not JsonObject fields) return "";
        var words = string.Join(" · ", fields.Where(field => field.Value is JsonValue).Select(field => $"{field.Key} {field.Value}"));
        return words.Length <= Longest ? words : string.Concat(words.AsSpan(0, Longest - 1), "…");
    }
}
