namespace FlowNexus.Web.Ui.Canvas;

/// <summary>Where a box stands while its workflow runs; travels apart from the picture.</summary>
public sealed record CanvasStatus
{
    public required string Id { get; init; }

    /// <summary>One of the statuses of steps.</summary>
    public required string Status { get; init; }

    /// <summary>0 to 1.</summary>
    public double? Progress { get; init; }

    /// <summary>Such as <c>12 s</c>.</summary>
    public string? Text { get; init; }

    public int? Attempt { get; init; }
}
