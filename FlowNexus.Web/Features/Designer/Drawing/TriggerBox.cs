using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>The start box of a trigger.</summary>
public static class TriggerBox
{
    /// <param name="index">In the definition's list, from 0.</param>
    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"trigger:{index}");

    internal static CanvasBox Of(JsonObject source, int index)
    {
        var type = RawStep.Text(source["type"]) ?? "";
        var (title, glyph, line) = type switch
        {
            "schedule" => ("Schedule", nameof(Glyph.Clock), RawStep.Text(source["cron"]) is { } cron ? string.Join(' ', [cron, .. RawStep.Text(source["time_zone"]) is { } zone ? [zone] : Array.Empty<string>()]) : "@daily"),
            "webhook" => ("Webhook", nameof(Glyph.External), $"{RawStep.Text(source["method"]) ?? "POST"} {RawStep.Text(source["url"])}".TrimEnd()),
            "file_upload" => ("File upload", nameof(Glyph.File), RawStep.Text(source["path"])),
            "event" => ("Event", nameof(Glyph.Pulse), RawStep.Text(source["event_type"])),
            _ => (type.Length == 0 ? "Trigger" : type, nameof(Glyph.Play), null),
        };
        return new CanvasBox
        {
            Id = IdOf(index),
            Kind = "trigger",
            Name = RawStep.Text(source["name"]) ?? title,
            Type = type,
            TypeTitle = title,
            Family = "output",
            Glyph = glyph,
            Line = line,
            Badges = source["enabled"] is JsonValue enabled && enabled.TryGetValue(out bool on) && !on ? [new CanvasBadge("warning", "Switched off")] : [],
        };
    }
}
