namespace FlowNexus.Web.Ui.Canvas;

/// <summary>A frame around boxes.</summary>
public sealed record CanvasGroup
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    /// <summary>Ids.</summary>
    public required IReadOnlyList<string> Boxes { get; init; }

    public bool Collapsed { get; init; }

    public bool Equals(CanvasGroup? other) =>
        other is not null && (Id, Label, Collapsed) == (other.Id, other.Label, other.Collapsed) && Boxes.SequenceEqual(other.Boxes);

    public override int GetHashCode() => HashCode.Combine(Id, Label, Collapsed, Boxes.Count);
}
