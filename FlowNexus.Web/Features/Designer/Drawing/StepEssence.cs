using System.Text.Json.Nodes;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>What a step does with its settings, in one line.</summary>
internal static class StepEssence
{
    private const int Longest = 80;

    public static string? Of(RawStep step)
    {
        var line = step.Type switch
        {
            "agent" => Agent(step),
            "conditional" => (step.OwnerOf("conditions")["conditions"] as JsonArray)?.OfType<JsonObject>().Select(one => RawStep.Text(one["if"])).FirstOrDefault(),
            "switch" => Words(step, "value"),
            "http_request" => $"{Words(step, "method") ?? "GET"} {WithoutScheme(Words(step, "url"))}".TrimEnd(),
            "delay" => Words(step, "until") is { } until ? $"until {until}" : Words(step, "duration"),
            "transform" => Transform(step),
            "validation" => step.Setting("validation_rules") is JsonArray rules ? string.Join(", ", rules.Select(Rule).OfType<string>()) : null,
            "sub_workflow" => Words(step, "workflow"),
            "for_each" => ForEach(step),
            "wait_for_signal" => Words(step, "signal") ?? step.Name,
            "neural" => Words(step, "architecture"),
            "sandbox" => Words(step, "template") ?? Words(step, "language"),
            _ => null,
        };
        if (string.IsNullOrEmpty(line)) return null;
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 1), "…");
    }

    private static string Agent(RawStep step)
    {
        var parts = new[] { RawStep.Text(step.Field("agent_type")), Words(step, "skill") }.OfType<string>().Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "any agent" : string.Join(" · ", parts);
    }

    private static string? Transform(RawStep step)
    {
        if (step.Setting("set") is JsonObject fields) return string.Join(", ", fields.Select(field => field.Key));
        return Words(step, "items") ?? Words(step, "value");
    }

    private static string? ForEach(RawStep step)
    {
        var items = step.Setting("items") is JsonObject range ? $"{range["from"]} to {range["to"]}" : Words(step, "items");
        var what = RawStep.Text((step.Setting("step") as JsonObject)?["type"]) ?? Words(step, "workflow");
        return (items, what) switch { (not null, not null) => $"{items}: {what}", _ => items ?? what };
    }

    private static string? Rule(JsonNode? node) => RawStep.Text(node) ?? RawStep.Text((node as JsonObject)?["rule"]);

    private static string? WithoutScheme(string? url) =>
        url is null ? null : url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? url[8..] : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? url[7..] : url;

    private static string? Words(RawStep step, string setting)
    {
        var node = step.Setting(setting);
        return RawStep.Text(node) ?? node?.ToJsonString();
    }
}
