using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Palette;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>What somebody did on the canvas, done to the document.</summary>
internal static class CanvasEdits
{
    /// <param name="graph">The picture the edit was made in: it knows what its edges are.</param>
    /// <param name="added">Takes the ids of boxes that came to be.</param>
    /// <param name="refuse">Takes why nothing was done.</param>
    public static DraftDocument Apply(DraftDocument document, CanvasEdit edit, CanvasGraph graph, DateTimeOffset now, List<string> added, Action<string> refuse)
    {
        switch (edit)
        {
            case CanvasEdit.MoveBoxes move: return Placed(document, move.Positions);
            case CanvasEdit.LayOut layout: return Placed(document, layout.Positions);
            case CanvasEdit.Connect connect: return document.Connect(connect.From, connect.Port, connect.To);
            case CanvasEdit.Reconnect reconnect:
                var before = Edge(graph, reconnect.Edge);
                return (before is null ? document : document.Disconnect(before.From, before.Port, before.To)).Connect(reconnect.From, reconnect.Port, reconnect.To);
            case CanvasEdit.DeleteItems delete: return Deleted(document, delete, graph);
            case CanvasEdit.AddStep add: return Added(document, add, graph, now, added);
            case CanvasEdit.RenameBox rename: return document.Rename(rename.Id, rename.Name);
            case CanvasEdit.PasteItems paste: return Pasted(document, paste.Text, new DraftPoint(paste.X, paste.Y), now, added, refuse);
            case CanvasEdit.DuplicateItems duplicate:
                var clip = DraftClip.Copy(document, [.. duplicate.Ids]);
                var corner = duplicate.Ids.Select(id => document.Layout.Positions.GetValueOrDefault(id)).OfType<DraftPoint>().ToList();
                var at = corner.Count == 0 ? new DraftPoint(0, 0) : new DraftPoint(corner.Min(place => place.X) + 32, corner.Max(place => place.Y) + 96);
                return Pasted(document, clip, at, now, added, refuse);
            case CanvasEdit.AddNote note:
                return document with { Layout = document.Layout with { Notes = document.Layout.Notes.Add(NewId.Create("note_", now), new DraftNote("", note.X, note.Y, 220, 96)) } };
            case CanvasEdit.EditNote { Note: { } note }:
                return document with { Layout = document.Layout with { Notes = document.Layout.Notes.SetItem(note.Id, new DraftNote(note.Text, note.X, note.Y, note.Width, note.Height)) } };
            case CanvasEdit.AddGroup group:
                return document with { Layout = document.Layout with { Groups = document.Layout.Groups.Add(NewId.Create("group_", now), new DraftGroup(group.Label, [.. group.Ids], false)) } };
            case CanvasEdit.EditGroup { Group: { } group }:
                return document with { Layout = document.Layout with { Groups = document.Layout.Groups.SetItem(group.Id, new DraftGroup(group.Label, [.. group.Boxes], group.Collapsed)) } };
            default: return document;
        }
    }

    /// <summary>What undoing it will be called.</summary>
    public static string Words(IReadOnlyList<CanvasEdit> edits) => edits.Count == 0 ? "edit" : edits[0] switch
    {
        CanvasEdit.MoveBoxes move => move.Positions.Count == 1 ? "move a step" : $"move {move.Positions.Count} steps",
        CanvasEdit.LayOut => "tidy the layout",
        CanvasEdit.Connect => "connect",
        CanvasEdit.Reconnect => "reconnect",
        CanvasEdit.DeleteItems delete => delete.Boxes.Count > 1 ? $"delete {delete.Boxes.Count} steps" : delete.Boxes.Count == 1 ? "delete a step" : "delete",
        CanvasEdit.AddStep add => $"add {add.Type}",
        CanvasEdit.RenameBox => "rename",
        CanvasEdit.PasteItems => "paste",
        CanvasEdit.DuplicateItems => "duplicate",
        CanvasEdit.AddNote or CanvasEdit.EditNote => "note",
        _ => "group",
    };

    private static CanvasEdge? Edge(CanvasGraph graph, string id) => graph.Edges.FirstOrDefault(edge => edge.Id == id);

    private static DraftDocument Placed(DraftDocument document, IReadOnlyList<CanvasPosition> positions)
    {
        var (places, notes) = (document.Layout.Positions.ToBuilder(), document.Layout.Notes.ToBuilder());
        foreach (var position in positions)
        {
            if (notes.TryGetValue(position.Id, out var note)) notes[position.Id] = note with { X = position.X, Y = position.Y };
            else places[position.Id] = new DraftPoint(position.X, position.Y);
        }

        return document with { Layout = document.Layout with { Positions = places.ToImmutable(), Notes = notes.ToImmutable() } };
    }

    private static DraftDocument Deleted(DraftDocument document, CanvasEdit.DeleteItems delete, CanvasGraph graph)
    {
        var steps = delete.Boxes.Where(id => document.TryGet(id) is not null).ToList();
        foreach (var edge in delete.Edges.Select(id => Edge(graph, id)).OfType<CanvasEdge>().Where(edge => edge.Kind != "trigger" && !steps.Contains(edge.From) && !steps.Contains(edge.To)))
            document = document.Disconnect(edge.From, edge.Port, edge.To);
        document = WithoutTriggers(document.Remove(steps), [.. delete.Boxes.Where(id => id.StartsWith("trigger:", StringComparison.Ordinal)).Select(id => int.Parse(id["trigger:".Length..], CultureInfo.InvariantCulture))]);
        return document with
        {
            Layout = document.Layout with { Notes = document.Layout.Notes.RemoveRange(delete.Notes), Groups = document.Layout.Groups.RemoveRange(delete.Groups) },
        };
    }

    private static DraftDocument WithoutTriggers(DraftDocument document, HashSet<int> indexes)
    {
        if (indexes.Count == 0 || document.Head["triggers"] is not JsonArray triggers) return document;
        var left = new JsonArray([.. triggers.Where((_, index) => !indexes.Contains(index)).Select(trigger => trigger?.DeepClone())]);
        return document.SetHead(["triggers"], left.Count == 0 ? null : left);
    }

    private static DraftDocument Added(DraftDocument document, CanvasEdit.AddStep add, CanvasGraph graph, DateTimeOffset now, List<string> added)
    {
        var id = NewId.Step(now);
        var known = PaletteItem.Named(add.Type ?? "agent");
        added.Add(id);
        document = document.Add(id, known.Type, known.Stem, new DraftPoint(add.X, add.Y), known.Settings);
        if (add.OnEdge is { } on && Edge(graph, on) is { Kind: not "trigger" } edge) return document.Insert(edge.From, edge.Port, edge.To, id);
        return add.From is { } from ? document.Connect(from, add.Port, id) : document;
    }

    private static DraftDocument Pasted(DraftDocument document, string text, DraftPoint at, DateTimeOffset now, List<string> added, Action<string> refuse)
    {
        if (DraftClip.Paste(document, text, at, now) is not { } pasted)
        {
            refuse("What is on the clipboard is no step. Copy steps on a canvas, or a definition as JSON, and paste again.");
            return document;
        }

        added.AddRange(pasted.Ids);
        return pasted.Document;
    }
}
