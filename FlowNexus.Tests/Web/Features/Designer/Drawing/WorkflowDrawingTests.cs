using System.Text.Json.Nodes;
using FlowNexus.Tests.Workflows;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Tests.Web.Features.Designer.Drawing;

public sealed class WorkflowDrawingTests
{
    [Fact]
    public void Box_OfAStep_SaysWhatItIs()
    {
        var box = Assert.Single(Of("""[{"name": "extract", "type": "agent", "agent_type": "researcher", "retry_attempts": 3, "timeout": "5m", "join": "any"}]""").Boxes);
        Assert.Equal(("s0", "step", "extract", "agent", "Agent", "agent", "researcher"), (box.Id, box.Kind, box.Name, box.Type, box.TypeTitle, box.Family, box.Line));
        Assert.Equal(["retry", "timeout", "join"], box.Badges.Select(badge => badge.Kind));
        Assert.True(box.HasPlainOut);
        Assert.Null(box.X);
    }

    [Fact]
    public void Box_OfAConditional_HasAWayOutForEachBranch()
    {
        var graph = Of("""
            [{"name": "choose", "type": "conditional", "conditions": [{"if": "rows > 10", "then": "big", "else": "small"}]},
             {"name": "a", "type": "transform", "set": {"x": 1}, "path": "big"}, {"name": "b", "type": "transform", "value": 1, "path": "big", "depends_on": ["a"]}, {"name": "small", "type": "end"}]
            """);
        var box = graph.Boxes[0];
        Assert.Equal([new CanvasPort("if:0:then", "then"), new CanvasPort("if:0:else", "else")], box.Ports);
        Assert.False(box.HasPlainOut);
        Assert.Equal("rows > 10", box.Line);
        Assert.Equal(["s0|if:0:then|s1 big", "s1|out|s2 ", "s0|if:0:then|s2 big", "s0|if:0:else|s3 "], graph.Edges.Select(edge => $"{edge.Id} {edge.Label}"));
    }

    [Fact]
    public void Box_OfASwitch_NamesItsCases()
    {
        var graph = Of("""[{"name": "s", "type": "switch", "config": {"value": "input.tier", "cases": [{"equals": "gold", "then": ["x", "y"]}, {"in": ["a", 2], "then": "x"}], "default": "y"}}, {"name": "x", "type": "end"}, {"name": "y", "type": "end"}]""");
        Assert.Equal(["gold", "a, 2", "default"], graph.Boxes[0].Ports.Select(port => port.Label));
        Assert.Equal(["s0|case:0|s1", "s0|case:1|s1", "s1|out|s2", "s0|case:0|s2", "s0|default|s2"], graph.Edges.Select(edge => edge.Id));
    }

    [Fact]
    public void OnError_IsAWayOutOfItsOwn()
    {
        var graph = Of("""[{"name": "a", "type": "transform", "value": 1, "on_error": "rescue"}, {"name": "rescue", "type": "transform", "value": 2}]""");
        Assert.Equal([new CanvasPort("error", "on error")], graph.Boxes[0].Ports);
        Assert.Equal(("error", "error"), (Assert.Single(graph.Edges).Kind, graph.Edges[0].Port));
    }

    [Fact]
    public void Triggers_LeadToEveryFirstStep()
    {
        var graph = Of(
            """[{"name": "a", "type": "end", "depends_on": []}, {"name": "b", "type": "end"}, {"name": "c", "type": "end", "depends_on": ["a"]}]""",
            """[{"type": "schedule", "cron": "0 9 * * 1", "time_zone": "Europe/Berlin"}, {"type": "webhook", "url": "/api/trigger/x", "enabled": false}]""");
        Assert.Equal(["0 9 * * 1 Europe/Berlin", "POST /api/trigger/x"], graph.Boxes.Take(2).Select(box => box.Line));
        Assert.Equal(["trigger:0|out|s0", "trigger:0|out|s1", "trigger:1|out|s0", "trigger:1|out|s1"], graph.Edges.Where(edge => edge.Kind == "trigger").Select(edge => edge.Id));
        Assert.Equal("warning", Assert.Single(graph.Boxes[1].Badges).Kind);
    }

    [Theory]
    [InlineData("""[{}]""")]
    [InlineData("""[{"name": 5, "type": true, "depends_on": "a", "on_error": {}, "path": 1, "config": []}]""")]
    [InlineData("""[{"name": "x", "type": "conditional"}]""")]
    [InlineData("""[{"name": "x", "type": "conditional", "conditions": [null, 3, {"then": 7}]}]""")]
    [InlineData("""[{"name": "x", "type": "switch", "cases": [null, {"equals": null}]}]""")]
    [InlineData("""[{"name": "x", "type": "for_each", "items": {"from": 1}, "step": 3}]""")]
    [InlineData("""[{"name": "x", "type": "validation", "validation_rules": [null, 1]}]""")]
    [InlineData("""[{"name": "x", "type": "no_such_type", "retry_attempts": "three", "timeout": [], "join": {}}]""")]
    [InlineData("""[{"name": "x", "type": "end"}, {"name": "x", "type": "end", "depends_on": ["x", 5, null, "nobody"], "on_error": "nobody"}]""")]
    public void AnUnfinishedStep_IsDrawnAllTheSame(string steps) =>
        Assert.Equal(JsonNode.Parse(steps)!.AsArray().Count, Of(steps).Boxes.Count);

    [Fact]
    public void Picture_DrawnTwice_IsEqual()
    {
        const string steps = """[{"name": "a", "type": "conditional", "retry_attempts": 1, "conditions": [{"if": "x", "then": "b"}]}, {"name": "b", "type": "end"}]""";
        Assert.Equal(Of(steps).Boxes, Of(steps).Boxes);
        Assert.Equal(Of(steps).Edges, Of(steps).Edges);
        Assert.NotEqual(Of(steps).Boxes, Of(steps.Replace("\"retry_attempts\": 1", "\"retry_attempts\": 2", StringComparison.Ordinal)).Boxes);
    }

    [Fact]
    public void Box_CarriesItsPlaceAndItsProblem()
    {
        var graph = WorkflowDrawing.Of(
            new DrawnWorkflow
            {
                Steps = [new DrawnStep("a", new JsonObject { ["name"] = "a" }), new DrawnStep("b", [])],
                Positions = new Dictionary<string, CanvasPosition> { ["b"] = new("b", 8, 16) },
                Problems = new Dictionary<string, (string, string)> { ["a"] = ("'type' is required.", "error") },
                Pinned = new HashSet<string> { "b" },
            },
            Catalogues.All);
        Assert.Equal((null, null, "error"), (graph.Boxes[0].X, graph.Boxes[0].Y, graph.Boxes[0].ProblemLevel));
        Assert.Equal((8, 16, null), (graph.Boxes[1].X, graph.Boxes[1].Y, graph.Boxes[1].Problem));
        Assert.Equal("pinned", Assert.Single(graph.Boxes[1].Badges).Kind);
    }

    [Fact]
    public void Glyphs_AreNamesOfIcons()
    {
        var names = Catalogues.All.Types.Select(type => StepGlyph.Of(type.Name, type.Family)).Append(StepGlyph.Of("", null))
            .Concat(Of("[]", """[{"type": "schedule"}, {"type": "webhook"}, {"type": "file_upload"}, {"type": "event"}, {}]""").Boxes.Select(box => box.Glyph));
        Assert.All(names, name => Assert.NotNull(typeof(Glyph).GetField(name)));
    }

    private static CanvasGraph Of(string steps, string triggers = "[]") => WorkflowDrawing.Of(
        new DrawnWorkflow
        {
            Steps = [.. JsonNode.Parse(steps)!.AsArray().Select((step, i) => new DrawnStep($"s{i}", step!.AsObject()))],
            Triggers = [.. JsonNode.Parse(triggers)!.AsArray().Select(trigger => trigger!.AsObject())],
        },
        Catalogues.All);
}
