namespace FlowNexus.Web.Ui.Canvas;

/// <summary>Where a box stands.</summary>
public sealed record CanvasPosition(string Id, double X, double Y);
