using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Tests.Web.Ui.Canvas;

public sealed class CanvasPatchTests
{
    private static readonly CanvasGraph Graph = new()
    {
        Boxes = [Box("a") with { X = 0, Y = 0, Badges = [new("retry", "Tries 3 times more")] }, Box("b") with { X = 304, Y = 0 }],
        Edges = [new() { Id = "a b", From = "a", To = "b", Kind = "flow" }],
        Notes = [new() { Id = "note", Text = "Words", Width = 200, Height = 80 }],
        Groups = [new() { Id = "group", Label = "Group", Boxes = ["a", "b"] }],
    };

    [Fact]
    public void Between_EqualGraphsMadeAnew_IsEmpty()
    {
        var again = Graph with
        {
            Boxes = [.. Graph.Boxes.Select(box => box with { Badges = [.. box.Badges] })],
            Edges = [.. Graph.Edges.Select(edge => edge with { })],
            Groups = [.. Graph.Groups.Select(group => group with { Boxes = [.. group.Boxes] })],
        };

        Assert.True(CanvasPatch.Between(Graph, again, 4).IsEmpty);
    }

    [Fact]
    public void Between_OnlyAMove_SendsThePlaceAlone()
    {
        var moved = Graph with { Boxes = [Graph.Boxes[0] with { X = 80, Y = 40 }, Graph.Boxes[1]] };

        var patch = CanvasPatch.Between(Graph, moved, 4);

        Assert.Equal([new CanvasPosition("a", 80, 40)], patch.Positions);
        Assert.Null(patch.Boxes);
        Assert.Equal((4, 5), (patch.Base, patch.Version));
    }

    [Fact]
    public void Between_AChangedBadge_SendsThatBox()
    {
        var changed = Graph with { Boxes = [Graph.Boxes[0] with { Badges = [new("retry", "Tries twice more")] }, Graph.Boxes[1]] };

        var patch = CanvasPatch.Between(Graph, changed, 1);

        Assert.Equal("a", Assert.Single(patch.Boxes!).Id);
        Assert.Null(patch.Positions);
    }

    [Fact]
    public void Between_APlaceTakenAway_SendsTheWholeBox()
    {
        var loose = Graph with { Boxes = [Graph.Boxes[0] with { X = null, Y = null }, Graph.Boxes[1]] };

        Assert.Equal("a", Assert.Single(CanvasPatch.Between(Graph, loose, 1).Boxes!).Id);
    }

    [Fact]
    public void Between_WhatIsGone_IsNamedOnce()
    {
        var left = Graph with { Boxes = [Graph.Boxes[0]], Edges = [], Notes = [], Groups = [] };

        Assert.Equal(["a b", "b", "group", "note"], CanvasPatch.Between(Graph, left, 1).Removed!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ToBytes_LeavesOutWhatIsNull()
    {
        var json = JsonNode.Parse(CanvasPatch.Between(Graph, Graph with { Boxes = [.. Graph.Boxes, Box("ü")] }, 1).ToBytes())!;

        Assert.Equal(["base", "version", "full", "boxes"], json.AsObject().Select(member => member.Key));
        Assert.Equal("ü", (string?)json["boxes"]![0]!["name"]);
        Assert.False(json["boxes"]![0]!.AsObject().ContainsKey("x"));
    }

    private static CanvasBox Box(string id) =>
        new() { Id = id, Kind = "step", Name = id, Type = "agent", TypeTitle = "Agent", Family = "agent", Glyph = "Agent" };
}
