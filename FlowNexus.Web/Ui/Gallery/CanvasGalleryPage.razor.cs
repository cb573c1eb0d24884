using FlowNexus.Web.Ui.Canvas;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>The canvas with the smallest page behind it; with <c>?size=</c> a large graph.</summary>
public sealed partial class CanvasGalleryPage(IHostEnvironment environment, NavigationManager navigation) : ComponentBase
{
    private const int Largest = 5_000;

    private readonly Stack<CanvasGraph> _past = [];
    private CanvasGraph _graph = CanvasSamples.Draft;
    private bool _allowed;
    private bool _readOnly;
    private string _said = "";

    /// <summary>Number of steps; none for the samples.</summary>
    [SupplyParameterFromQuery(Name = "size")]
    public int? Size { get; set; }

    /// <summary><c>large</c> shows it read-only, <c>draft</c> only the first canvas.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    private bool Fixed => _readOnly || View is "large";

    protected override void OnInitialized()
    {
        _allowed = environment.IsDevelopment();
        if (!_allowed) navigation.NotFound();
        if (Size is { } size) _graph = CanvasSamples.Large(Math.Clamp(size, 0, Largest));
    }

    private void Edit(IReadOnlyList<CanvasEdit> edits)
    {
        _past.Push(_graph);
        _graph = edits.Aggregate(_graph, GalleryDraft.Apply);
        _said = $"{string.Join(", ", edits.Select(edit => edit.GetType().Name))}. {_graph.Boxes.Count} boxes, {_graph.Edges.Count} connections";
    }

    private void Command(string name)
    {
        if (name == "undo") Undo();
        else Say(name);
    }

    private void Undo()
    {
        if (_past.TryPop(out var before)) _graph = before;
        _said = $"Undone. {_graph.Boxes.Count} boxes, {_graph.Edges.Count} connections";
    }

    private void Select(IReadOnlyList<string> ids) => _said = $"Selected: {string.Join(", ", ids)}";

    private void Say(string text) => _said = text;

    private static Task<string> Copy(IReadOnlyList<string> ids) => Task.FromResult(string.Join(' ', ids));
}
