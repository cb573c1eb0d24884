using System.Text.Json.Nodes;
using Bunit;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Tests.Web.Ui.Canvas;

public sealed class FlowCanvasTests : UiTest
{
    private static readonly CanvasGraph Graph = new()
    {
        Boxes = [new() { Id = "a", Kind = "step", Name = "a", Type = "agent", TypeTitle = "Agent", Family = "agent", Glyph = "Agent", X = 0, Y = 0 }],
        Edges = [],
    };

    private readonly BunitJSModuleInterop _canvas;
    private bool _takes = true;

    public FlowCanvasTests()
    {
        var module = JSInterop.SetupModule("./canvas/canvas.js");
        _canvas = module.SetupModule(call => call.Identifier == "mount");
        _canvas.Mode = JSRuntimeMode.Loose;
        _canvas.Setup<bool>(call => call.Identifier == "patch" && _takes).SetResult(true);
    }

    private List<JsonNode> Patches => [.. Joined()];

    [Fact]
    public void Graph_FirstShown_TravelsWhole()
    {
        Show(Graph);

        var patch = Assert.Single(Patches);
        Assert.True((bool)patch["full"]!);
        Assert.Equal("a", (string?)patch["boxes"]![0]!["id"]);
    }

    [Fact]
    public void Graph_Changed_TravelsAsTheDifference()
    {
        var shown = Show(Graph);

        shown.Render(p => p.Add(c => c.Graph, Graph with { Boxes = [Graph.Boxes[0] with { X = 80 }] }));

        Assert.Equal(2, Patches.Count);
        Assert.False((bool)Patches[1]["full"]!);
        Assert.Equal(80, (double)Patches[1]["positions"]![0]!["x"]!);
        Assert.Equal((int)Patches[0]["version"]!, (int)Patches[1]["base"]!);
    }

    [Fact]
    public void Graph_EqualToTheLast_DoesNotTravel()
    {
        var shown = Show(Graph);

        shown.Render(p => p.Add(c => c.Graph, Graph with { Boxes = [Graph.Boxes[0] with { }] }));

        Assert.Single(Patches);
    }

    [Fact]
    public void Graph_ThatTheBrowserDidNotTake_TravelsWholeAgain()
    {
        var shown = Show(Graph);
        _takes = false;

        shown.Render(p => p.Add(c => c.Graph, Graph with { Boxes = [Graph.Boxes[0] with { X = 80 }] }));

        Assert.Equal([true, false, true], Patches.Select(patch => (bool)patch["full"]!));
    }

    [Fact]
    public void LargeGraph_TravelsInPartsBelowTheLimit()
    {
        Show(Graph with { Boxes = [.. Enumerable.Range(0, 500).Select(i => Graph.Boxes[0] with { Id = $"step_{i}", Name = $"a_step_with_a_name_{i}" })] });

        var parts = _canvas.Invocations["patch"].Select(call => ((byte[])call.Arguments[1]!).Length).ToList();
        Assert.True(parts.Count > 1);
        Assert.All(parts, length => Assert.InRange(length, 1, 32 * 1024));
        Assert.Equal(500, Assert.Single(Patches)["boxes"]!.AsArray().Count);
    }

    [Fact]
    public void Selection_ThatCameFromTheBrowser_IsNotSentBack()
    {
        var shown = Show(Graph, selection: ["a"]);
        Assert.Single(_canvas.Invocations["select"]);

        shown.Render(p => p.Add(c => c.Selection, ["a"]));

        Assert.Single(_canvas.Invocations["select"]);
    }

    [Fact]
    public async Task Disposed_TheScriptIsToldOnce()
    {
        Show(Graph);

        await DisposeComponentsAsync();

        Assert.Single(_canvas.Invocations["dispose"]);
    }

    private IRenderedComponent<FlowCanvas> Show(CanvasGraph graph, IReadOnlyCollection<string>? selection = null) =>
        Render<FlowCanvas>(p => p.Add(c => c.Graph, graph).Add(c => c.Selection, selection));

    private IEnumerable<JsonNode> Joined()
    {
        foreach (var patch in _canvas.Invocations["patch"].GroupBy(call => (int)call.Arguments[0]!))
        {
            Assert.Equal([.. Enumerable.Repeat(false, patch.Count() - 1), true], patch.Select(call => (bool)call.Arguments[2]!));
            yield return JsonNode.Parse(patch.SelectMany(call => (byte[])call.Arguments[1]!).ToArray())!;
        }
    }
}
