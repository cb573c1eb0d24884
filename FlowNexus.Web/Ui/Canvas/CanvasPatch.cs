using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>The way from the graph that the browser has to the one it should have.</summary>
internal sealed record CanvasPatch
{
    public required int Base { get; init; }

    public required int Version { get; init; }

    public bool Full { get; init; }

    public IReadOnlyList<CanvasBox>? Boxes { get; init; }

    /// <summary>Boxes of which nothing but the place changed.</summary>
    public IReadOnlyList<CanvasPosition>? Positions { get; init; }

    public IReadOnlyList<CanvasEdge>? Edges { get; init; }

    public IReadOnlyList<CanvasNote>? Notes { get; init; }

    public IReadOnlyList<CanvasGroup>? Groups { get; init; }

    public IReadOnlyList<string>? Removed { get; init; }

    [JsonIgnore]
    public bool IsEmpty => !Full && Boxes is null && Positions is null && Edges is null && Notes is null && Groups is null && Removed is null;

    public static CanvasPatch Everything(CanvasGraph graph, int version) => new()
    {
        Base = 0, Version = version, Full = true, Boxes = graph.Boxes, Edges = graph.Edges, Notes = graph.Notes, Groups = graph.Groups,
    };

    public static CanvasPatch Between(CanvasGraph before, CanvasGraph after, int version)
    {
        var known = before.Boxes.ToDictionary(box => box.Id);
        var boxes = new List<CanvasBox>();
        var positions = new List<CanvasPosition>();
        foreach (var box in after.Boxes)
        {
            if (!known.TryGetValue(box.Id, out var old)) boxes.Add(box);
            else if (old == box) continue;
            else if (box is { X: { } x, Y: { } y } && old with { X = x, Y = y } == box) positions.Add(new CanvasPosition(box.Id, x, y));
            else boxes.Add(box);
        }

        List<string> removed =
        [
            .. Gone(before.Boxes, after.Boxes, box => box.Id), .. Gone(before.Edges, after.Edges, edge => edge.Id),
            .. Gone(before.Notes, after.Notes, note => note.Id), .. Gone(before.Groups, after.Groups, group => group.Id),
        ];
        return new CanvasPatch
        {
            Base = version,
            Version = version + 1,
            Boxes = Some(boxes),
            Positions = Some(positions),
            Edges = Some(Changed(before.Edges, after.Edges, edge => edge.Id)),
            Notes = Some(Changed(before.Notes, after.Notes, note => note.Id)),
            Groups = Some(Changed(before.Groups, after.Groups, group => group.Id)),
            Removed = Some(removed),
        };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CanvasJson.Options);

    private static List<T> Changed<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> id)
        where T : class
    {
        if (ReferenceEquals(before, after)) return [];
        var known = before.ToDictionary(id);
        return [.. after.Where(item => !known.TryGetValue(id(item), out var old) || !item.Equals(old))];
    }

    private static IEnumerable<string> Gone<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> id) =>
        ReferenceEquals(before, after) ? [] : before.Select(id).Except(after.Select(id), StringComparer.Ordinal);

    private static List<T>? Some<T>(List<T> items) => items.Count == 0 ? null : items;
}
