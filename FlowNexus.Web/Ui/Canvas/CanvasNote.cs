namespace FlowNexus.Web.Ui.Canvas;

/// <summary>A text that belongs to no box.</summary>
public sealed record CanvasNote
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    public double X { get; init; }

    public double Y { get; init; }

    public double Width { get; init; }

    public double Height { get; init; }
}
