using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>What the gallery's components are shown with.</summary>
internal static class GallerySamples
{
    private const int ManyRows = 250;

    public static readonly string[] Statuses =
    [
        "queued", "running", "waiting", "paused", "completed", "failed", "cancelled", "timed_out",
        "pending", "in_progress", "skipped", "active", "inactive", "draft",
    ];

    public static JsonNode? Json()
    {
        var json = JsonNode.Parse("""
            {
              "status": "completed", "score": 0.982, "rows": 18204, "valid": true, "error": null,
              "markup": "<b>shown as text</b>", "empty": [], "period": { "from": "2024-01-01", "to": "2024-03-31" }
            }
            """);
        json!["long_text"] = string.Concat(Enumerable.Repeat("A long value is cut until somebody asks for it. ", 12));
        json["many"] = new JsonArray([.. Enumerable.Range(0, ManyRows).Select(i => (JsonNode?)(i * i))]);
        return json;
    }

    public static IReadOnlyList<SparkBar> Bars() =>
    [
        new("completed", TimeSpan.FromSeconds(40)), new("completed", TimeSpan.FromSeconds(52)), new("failed", TimeSpan.FromSeconds(18)),
        new("completed", TimeSpan.FromSeconds(47)), new("timed_out", TimeSpan.FromSeconds(90)), new("cancelled", TimeSpan.FromSeconds(30)),
        new("completed", TimeSpan.FromSeconds(44)), new("running", TimeSpan.FromSeconds(25)), new("queued", null),
    ];

    public static IReadOnlyList<TimelineRow> Finished(DateTimeOffset start) =>
    [
        new("data_extraction", "completed", start, [Try(start, 2, 34, "completed")]),
        new("data_validation", "completed", At(start, 34), [Try(start, 34, 41, "failed"), Try(start, 49, 58, "failed"), Try(start, 70, 84, "completed")]),
        new("a_step_with_a_rather_long_name_indeed", "completed", At(start, 84), [Try(start, 92, 121, "completed")]),
        new("notify_the_team", "skipped", null, []),
        new("report_generation", "failed", At(start, 121), [Try(start, 122, 134, "failed")]),
    ];

    public static IReadOnlyList<TimelineRow> Live(DateTimeOffset now) =>
    [
        new("data_extraction", "completed", At(now, -134), [Try(now, -132, -80, "completed")]),
        new("data_processing", "in_progress", At(now, -80), [new(At(now, -66), null, "in_progress")]),
        new("approval", "waiting", At(now, -80), []),
        new("report_generation", "pending", null, []),
    ];

    public static DateTimeOffset At(DateTimeOffset zero, double seconds) => zero + TimeSpan.FromSeconds(seconds);

    private static TimelineAttempt Try(DateTimeOffset zero, double from, double to, string outcome) => new(At(zero, from), At(zero, to), outcome);

    /// <summary>A day with a bad hour and a quiet one.</summary>
    public static IReadOnlyList<ChartColumn> Columns() =>
    [
        .. Enumerable.Range(0, 12).Select(hour => new ChartColumn(
            $"{hour:00}:00", $"{hour:00}:00", "/executions",
            [new("Completed", "completed", hour == 5 ? 0 : 40 + (hour * 7 % 30)), new("Failed", "failed", hour == 8 ? 25 : hour % 3), new("Timed out", "timed-out", hour == 8 ? 6 : 0), new("Cancelled", "cancelled", hour == 2 ? 4 : 0)])),
    ];

    /// <summary>Lines with a gap.</summary>
    public static IReadOnlyList<ChartPoint> Points() =>
        [.. Enumerable.Range(0, 12).Select(hour => new ChartPoint($"{hour:00}:00", $"{hour:00}:00", "/executions", hour is 4 or 6 ? [null, null] : [8 + (hour * 5 % 7), 3 + (hour % 2)]))];
}
