using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>Graphs that show every state of a box.</summary>
internal static class CanvasSamples
{
    private static readonly (string Family, string Glyph)[] Families = [("agent", "Agent"), ("control", "Branch"), ("data", "Data"), ("code", "Code"), ("people", "People"), ("output", "Output")];

    public static readonly CanvasGraph Draft = new()
    {
        Boxes =
        [
            new() { Id = "monday", Kind = "trigger", Name = "Mon 09:00", Type = "schedule", TypeTitle = "Schedule", Family = "control", Glyph = "Clock", Line = "0 9 * * 1" },
            Step("extraction", "data_extraction", "Agent", 0, "researcher") with { Badges = [new("retry", "Tries 3 times more"), new("timeout", "Stops after 30 min")] },
            Step("size", "check_size", "Conditional", 1, "data_size > 100MB") with { HasPlainOut = false, Ports = [new("if:0:then", "then"), new("if:0:else", "else")] },
            Step("heavy", "heavy_processing", "Agent", 0, "analyst") with { Problem = "No agent of this type is enabled.", ProblemLevel = "error" },
            Step("orders", "fetch_orders", "HTTP request", 2, "GET api.example.com/orders") with
            {
                Ports = [new("error", "on error")], Problem = "The answer is larger than usual.", ProblemLevel = "warning",
            },
            Step("script", "a_step_with_a_very_long_name_indeed", "Script", 3, "python3") with { Badges = [new("pinned", "Its output is pinned"), new("warning", "Not confined here")] },
            Step("approval", "approval", "Approval", 4, "2 of finance"),
            Step("report", "report", "Report", 5, "pdf") with { Badges = [new("join", "Waits for the first of its inputs")] },
            Step("alert", "alert", "Notification", 5, "ops@example.com"),
        ],
        Edges =
        [
            Edge("monday", "extraction", kind: "trigger"), Edge("extraction", "size"), Edge("size", "heavy", "if:0:then", "branch", "heavy"), Edge("size", "orders", "if:0:else", "branch"),
            Edge("heavy", "approval"), Edge("orders", "script"), Edge("approval", "report"), Edge("script", "report"), Edge("orders", "alert", "error", "error"),
        ],
        Notes = [new() { Id = "note", Text = "Comes with the nightly export.\nAsk Ann before changing it.", X = 304, Y = -48, Width = 224, Height = 88 }],
        Groups = [new() { Id = "finish", Label = "Finish", Boxes = ["approval", "report"] }],
    };

    public static readonly CanvasGraph Executed = Draft with
    {
        Notes = [],
        Groups = [],
        Boxes = [.. Draft.Boxes.Select(box => box with { Problem = null, ProblemLevel = null })],
        Edges = [.. Draft.Edges.Select(edge => edge with { Path = edge.To is "orders" or "script" or "alert" || edge.From is "script" ? "not_taken" : "taken", PathStatus = edge.To is "approval" ? "waiting" : "completed" })],
    };

    public static readonly CanvasStatus[] Statuses =
    [
        new() { Id = "extraction", Status = "completed", Text = "12 s" },
        new() { Id = "size", Status = "completed", Text = "3 ms" },
        new() { Id = "heavy", Status = "in_progress", Text = "8 s", Progress = 0.4, Attempt = 2 },
        new() { Id = "orders", Status = "skipped" },
        new() { Id = "script", Status = "failed", Text = "2 s" },
        new() { Id = "approval", Status = "waiting", Text = "4 min" },
        new() { Id = "report", Status = "pending" },
        new() { Id = "alert", Status = "timed_out", Text = "30 s" },
    ];

    public static readonly CanvasGraph Compared = Executed with
    {
        Boxes = [.. Executed.Boxes.Where(b => b.Id is "extraction" or "size" or "heavy" or "orders").Select(b => b with { Badges = [], Change = b.Id switch { "size" => "changed", "heavy" => "added", "orders" => "removed", _ => null } })],
        Edges = [Edge("extraction", "size"), Edge("size", "heavy", "if:0:then", "branch") with { Change = "added" }, Edge("size", "orders", "if:0:else", "branch") with { Change = "removed" }],
    };

    /// <summary>A graph of any size, the same each time.</summary>
    public static CanvasGraph Large(int count)
    {
        var boxes = Enumerable.Range(0, count).Select(i =>
            Step($"step_{i}", $"step_{i}", "Agent", i % Families.Length, "researcher") with { Badges = i % 3 == 0 ? [new("retry", "Tries 3 times more")] : [] });
        var edges = Enumerable.Range(1, Math.Max(0, count - 1)).SelectMany(i =>
            i % 4 == 0 && i > 20 ? [Edge($"step_{Before(i, 12)}", $"step_{i}"), Edge($"step_{i - 15}", $"step_{i}")] : new[] { Edge($"step_{Before(i, 12)}", $"step_{i}") });
        return new CanvasGraph { Boxes = [.. boxes], Edges = [.. edges] };

        static int Before(int i, int reach) => Math.Max(0, i - 1 - (i * 7919 % reach));
    }

    private static CanvasBox Step(string id, string name, string title, int family, string line) => new()
    {
        Id = id, Kind = "step", Name = name, Type = title.ToLowerInvariant().Replace(' ', '_'), TypeTitle = title, Family = Families[family].Family, Glyph = Families[family].Glyph, Line = line,
    };

    private static CanvasEdge Edge(string from, string to, string? port = null, string kind = "flow", string? label = null) =>
        new() { Id = $"{from} {port} {to}", From = from, Port = port, To = to, Kind = kind, Label = label };
}
