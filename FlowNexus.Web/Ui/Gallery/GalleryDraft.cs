using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>The smallest page behind a canvas: it grants every wish, so that all of the canvas can be tried here.</summary>
internal static class GalleryDraft
{
    public static CanvasGraph Apply(CanvasGraph graph, CanvasEdit edit) => edit switch
    {
        CanvasEdit.MoveBoxes move => Placed(graph, move.Positions),
        CanvasEdit.LayOut layout => Placed(graph, layout.Positions),
        CanvasEdit.Connect connect => graph with { Edges = [.. graph.Edges, Edge(connect.From, connect.Port, connect.To)] },
        CanvasEdit.Reconnect reconnect => graph with { Edges = [.. graph.Edges.Where(e => e.Id != reconnect.Edge), Edge(reconnect.From, reconnect.Port, reconnect.To)] },
        CanvasEdit.DeleteItems delete => Without(graph, delete),
        CanvasEdit.AddStep add => With(graph, add),
        CanvasEdit.RenameBox rename => graph with { Boxes = [.. graph.Boxes.Select(b => b.Id == rename.Id ? b with { Name = rename.Name } : b)] },
        CanvasEdit.DuplicateItems duplicate => duplicate.Ids.Aggregate(graph, Twin),
        CanvasEdit.PasteItems paste => graph with { Notes = [.. graph.Notes, new CanvasNote { Id = Fresh("note"), Text = paste.Text, X = paste.X, Y = paste.Y, Width = 224, Height = 88 }] },
        CanvasEdit.AddNote add => graph with { Notes = [.. graph.Notes, new CanvasNote { Id = Fresh("note"), Text = "", X = add.X, Y = add.Y, Width = 224, Height = 88 }] },
        CanvasEdit.EditNote edited => graph with { Notes = [.. graph.Notes.Select(n => n.Id == edited.Note.Id ? edited.Note : n)] },
        CanvasEdit.AddGroup add => graph with { Groups = [.. graph.Groups, new CanvasGroup { Id = Fresh("group"), Label = add.Label, Boxes = [.. add.Ids] }] },
        CanvasEdit.EditGroup edited => graph with { Groups = [.. graph.Groups.Select(g => g.Id == edited.Group.Id ? edited.Group : g)] },
        _ => graph,
    };

    private static CanvasGraph Placed(CanvasGraph graph, IReadOnlyList<CanvasPosition> positions)
    {
        var places = positions.ToDictionary(position => position.Id);
        return graph with { Boxes = [.. graph.Boxes.Select(b => places.TryGetValue(b.Id, out var place) ? b with { X = place.X, Y = place.Y } : b)] };
    }

    private static CanvasGraph Without(CanvasGraph graph, CanvasEdit.DeleteItems delete) => graph with
    {
        Boxes = [.. graph.Boxes.Where(b => !delete.Boxes.Contains(b.Id))],
        Edges = [.. graph.Edges.Where(e => !delete.Edges.Contains(e.Id) && !delete.Boxes.Contains(e.From) && !delete.Boxes.Contains(e.To))],
        Notes = [.. graph.Notes.Where(n => !delete.Notes.Contains(n.Id))],
        Groups = [.. graph.Groups.Where(g => !delete.Groups.Contains(g.Id)).Select(g => g with { Boxes = [.. g.Boxes.Except(delete.Boxes)] }).Where(g => g.Boxes.Count > 0)],
    };

    private static CanvasGraph With(CanvasGraph graph, CanvasEdit.AddStep add)
    {
        var id = Fresh("step");
        var box = new CanvasBox { Id = id, Kind = "step", Name = $"new_step_{graph.Boxes.Count}", Type = add.Type ?? "agent", TypeTitle = "Agent", Family = "agent", Glyph = "Agent", X = add.X, Y = add.Y };
        List<CanvasEdge> edges = [.. graph.Edges];
        if (add.From is { } from) edges.Add(Edge(from, add.Port, id));
        if (edges.Find(e => e.Id == add.OnEdge) is { } split)
        {
            edges.Remove(split);
            edges.AddRange([Edge(split.From, split.Port, id), Edge(id, null, split.To)]);
        }

        return graph with { Boxes = [.. graph.Boxes, box], Edges = edges };
    }

    private static CanvasGraph Twin(CanvasGraph graph, string id)
    {
        var box = graph.Boxes.FirstOrDefault(b => b.Id == id);
        return box is null ? graph : graph with { Boxes = [.. graph.Boxes, box with { Id = Fresh("step"), Name = $"{box.Name}_copy", X = box.X + 40, Y = box.Y + 40 }] };
    }

    private static CanvasEdge Edge(string from, string? port, string to) =>
        new() { Id = Fresh("edge"), From = from, Port = port, To = to, Kind = port switch { null => "flow", "error" => "error", _ => "branch" } };

    private static string Fresh(string kind) => $"{kind}_{Guid.CreateVersion7():N}";
}
