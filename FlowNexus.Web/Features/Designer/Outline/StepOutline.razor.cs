using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Canvas;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Outline;

/// <summary>The same workflow as the canvas shows, as a list to read and to edit without seeing it.</summary>
public sealed partial class StepOutline : ComponentBase
{
    private const int Deepest = 12;

    [Parameter, EditorRequired]
    public required DraftDocument Document { get; set; }

    [Parameter, EditorRequired]
    public required CanvasGraph Graph { get; set; }

    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    [Parameter]
    public EventCallback<CanvasEdit.Connect> OnConnect { get; set; }

    [Parameter]
    public EventCallback<string> OnDelete { get; set; }

    private IEnumerable<Line> Lines
    {
        get
        {
            var names = Document.Steps.ToDictionary(step => step.Id, step => step.Name);
            var incoming = Graph.Edges.Where(edge => names.ContainsKey(edge.From)).ToLookup(edge => edge.To);
            var depths = new Dictionary<string, int>();
            return Document.Steps.Select(step => new Line(step, Depth(step.Id, incoming, depths, []), string.Join(", ", incoming[step.Id].Select(edge => Way(edge, names)))))
                .OrderBy(line => line.Depth);
        }
    }

    private Task Connected(string from, ChangeEventArgs args) =>
        args.Value?.ToString() is { Length: > 0 } to ? OnConnect.InvokeAsync(new CanvasEdit.Connect(from, to)) : Task.CompletedTask;

    private static string Way(CanvasEdge edge, Dictionary<string, string> names) =>
        edge.Port is null ? names[edge.From] : $"{names[edge.From]} ({(edge.Kind == "error" ? "on error" : edge.Label ?? edge.Port)})";

    private static int Depth(string id, ILookup<string, CanvasEdge> incoming, Dictionary<string, int> known, HashSet<string> path)
    {
        if (known.TryGetValue(id, out var depth)) return depth;
        if (!path.Add(id)) return 0;
        depth = incoming[id].Select(edge => Depth(edge.From, incoming, known, path) + 1).DefaultIfEmpty(0).Max();
        path.Remove(id);
        return known[id] = depth;
    }

    private sealed record Line(DraftStep Step, int Depth, string After)
    {
        public int Indent => Math.Min(Depth, Deepest);
    }
}
