namespace FlowNexus.Web.Ui.Canvas;

/// <summary>What a canvas shows, as one immutable picture; what differs from the picture before is what travels.</summary>
public sealed record CanvasGraph
{
    public static readonly CanvasGraph Empty = new() { Boxes = [], Edges = [] };

    public required IReadOnlyList<CanvasBox> Boxes { get; init; }

    public required IReadOnlyList<CanvasEdge> Edges { get; init; }

    public IReadOnlyList<CanvasNote> Notes { get; init; } = [];

    public IReadOnlyList<CanvasGroup> Groups { get; init; } = [];
}
