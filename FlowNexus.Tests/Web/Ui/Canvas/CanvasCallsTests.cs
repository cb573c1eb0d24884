using System.Text;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Tests.Web.Ui.Canvas;

public sealed class CanvasCallsTests
{
    private readonly List<CanvasEdit> _edits = [];
    private int _gestures;

    public static TheoryData<string, CanvasEdit> WhatTheScriptSends => new()
    {
        { """{"op":"connect","from":"a","port":"error","to":"b"}""", new CanvasEdit.Connect("a", "b", "error") },
        { """{"op":"connect","from":"a","to":"b"}""", new CanvasEdit.Connect("a", "b") },
        { """{"op":"reconnect","edge":"e","from":"a","to":"c"}""", new CanvasEdit.Reconnect("e", "a", "c") },
        { """{"op":"add","type":"agent","x":8,"y":-16,"onEdge":"e"}""", new CanvasEdit.AddStep(8, -16, "agent", OnEdge: "e") },
        { """{"op":"add","from":"a","port":"if:0:then","x":8,"y":16}""", new CanvasEdit.AddStep(8, 16, From: "a", Port: "if:0:then") },
        { """{"op":"rename","id":"a","name":"naïve"}""", new CanvasEdit.RenameBox("a", "naïve") },
        { """{"op":"paste","text":"{}","x":0,"y":0}""", new CanvasEdit.PasteItems("{}", 0, 0) },
        { """{"op":"note_add","x":1,"y":2}""", new CanvasEdit.AddNote(1, 2) },
        { """{"op":"note_edit","note":{"id":"n","text":"t","x":1,"y":2,"width":3,"height":4}}""", new CanvasEdit.EditNote(new CanvasNote { Id = "n", Text = "t", X = 1, Y = 2, Width = 3, Height = 4 }) },
        { """{"op":"group_edit","group":{"id":"g","label":"G","boxes":["a"],"collapsed":true}}""", new CanvasEdit.EditGroup(new CanvasGroup { Id = "g", Label = "G", Boxes = ["a"], Collapsed = true }) },
    };

    [Theory]
    [MemberData(nameof(WhatTheScriptSends))]
    public async Task Edited_EachWish_IsUnderstood(string json, CanvasEdit expected)
    {
        await Calls().EditedAsync(1, Encoding.UTF8.GetBytes($"[{json}]"), last: true);

        Assert.Equal(expected, Assert.Single(_edits));
    }

    [Fact]
    public async Task Edited_WishesWithLists_AreUnderstood()
    {
        const string json = """
            [{"op":"move","positions":[{"id":"a","x":8,"y":16}]},{"op":"layout","positions":[]},{"op":"delete","boxes":["a"],"edges":[],"notes":["n"],"groups":[]},
             {"op":"duplicate","ids":["a"]},{"op":"group_add","ids":["a","b"],"label":"Group"}]
            """;

        await Calls().EditedAsync(1, Encoding.UTF8.GetBytes(json), last: true);

        Assert.Equal([new CanvasPosition("a", 8, 16)], Assert.IsType<CanvasEdit.MoveBoxes>(_edits[0]).Positions);
        Assert.Empty(Assert.IsType<CanvasEdit.LayOut>(_edits[1]).Positions);
        Assert.Equal(["n"], Assert.IsType<CanvasEdit.DeleteItems>(_edits[2]).Notes);
        Assert.Equal(["a"], Assert.IsType<CanvasEdit.DuplicateItems>(_edits[3]).Ids);
        Assert.Equal(["a", "b"], Assert.IsType<CanvasEdit.AddGroup>(_edits[4]).Ids);
    }

    [Fact]
    public async Task Edited_InPartsThatCutACharacter_IsOneGesture()
    {
        var bytes = Encoding.UTF8.GetBytes("""[{"op":"rename","id":"a","name":"ü"}]""");
        var cut = Array.IndexOf(bytes, (byte)0xC3) + 1;
        var calls = Calls();

        await calls.EditedAsync(7, bytes[..cut], last: false);
        Assert.Equal(0, _gestures);
        await calls.EditedAsync(7, bytes[cut..], last: true);

        Assert.Equal(1, _gestures);
        Assert.Equal(new CanvasEdit.RenameBox("a", "ü"), Assert.Single(_edits));
    }

    [Fact]
    public async Task Edited_WithoutEnd_IsCutOff()
    {
        var calls = Calls();
        var part = new byte[1024 * 1024];

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            for (var i = 0; i < 100; i++) await calls.EditedAsync(1, part, last: false);
        });
    }

    private CanvasCalls Calls() => new(act => act())
    {
        Edited = edits =>
        {
            _gestures++;
            _edits.AddRange(edits);
            return Task.CompletedTask;
        },
        Selected = _ => Task.CompletedTask,
        Opened = _ => Task.CompletedTask,
        Refused = _ => Task.CompletedTask,
        Copied = _ => Task.FromResult(""),
        Commanded = _ => Task.CompletedTask,
    };
}
