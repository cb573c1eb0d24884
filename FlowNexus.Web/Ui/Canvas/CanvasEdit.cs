using System.Text.Json.Serialization;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>What somebody asks for on the canvas. The canvas never changes the document: the page does, and gives it the new graph.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(MoveBoxes), "move")]
[JsonDerivedType(typeof(Connect), "connect")]
[JsonDerivedType(typeof(Reconnect), "reconnect")]
[JsonDerivedType(typeof(DeleteItems), "delete")]
[JsonDerivedType(typeof(AddStep), "add")]
[JsonDerivedType(typeof(RenameBox), "rename")]
[JsonDerivedType(typeof(PasteItems), "paste")]
[JsonDerivedType(typeof(DuplicateItems), "duplicate")]
[JsonDerivedType(typeof(LayOut), "layout")]
[JsonDerivedType(typeof(AddNote), "note_add")]
[JsonDerivedType(typeof(EditNote), "note_edit")]
[JsonDerivedType(typeof(AddGroup), "group_add")]
[JsonDerivedType(typeof(EditGroup), "group_edit")]
public abstract record CanvasEdit
{
    private CanvasEdit()
    {
    }

    /// <summary>Boxes have new places. The first move also names the places of boxes that had none, so that nothing jumps later.</summary>
    public sealed record MoveBoxes(IReadOnlyList<CanvasPosition> Positions) : CanvasEdit;

    /// <summary><paramref name="To"/> is to follow <paramref name="From"/>, by a port or the plain way.</summary>
    public sealed record Connect(string From, string To, string? Port = null) : CanvasEdit;

    public sealed record Reconnect(string Edge, string From, string To, string? Port = null) : CanvasEdit;

    /// <summary>Deleting a group leaves its boxes.</summary>
    public sealed record DeleteItems(IReadOnlyList<string> Boxes, IReadOnlyList<string> Edges, IReadOnlyList<string> Notes, IReadOnlyList<string> Groups) : CanvasEdit;

    /// <summary>A new step: free, after a box (<paramref name="From"/>), or in the middle of a connection. Without a type the page asks for one.</summary>
    public sealed record AddStep(double X, double Y, string? Type = null, string? From = null, string? Port = null, string? OnEdge = null) : CanvasEdit;

    public sealed record RenameBox(string Id, string Name) : CanvasEdit;

    /// <summary>Text of the clipboard, as it is; the page says whether it can read it.</summary>
    public sealed record PasteItems(string Text, double X, double Y) : CanvasEdit;

    public sealed record DuplicateItems(IReadOnlyList<string> Ids) : CanvasEdit;

    public sealed record LayOut(IReadOnlyList<CanvasPosition> Positions) : CanvasEdit;

    public sealed record AddNote(double X, double Y) : CanvasEdit;

    public sealed record EditNote(CanvasNote Note) : CanvasEdit;

    public sealed record AddGroup(IReadOnlyList<string> Ids, string Label) : CanvasEdit;

    public sealed record EditGroup(CanvasGroup Group) : CanvasEdit;
}
