using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions;
using FlowNexus.Tests.Workflows;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Features.Executions.Live;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Tests.Web.Features.Executions.Live;

public sealed class ExecutionPathsTests
{
    private static readonly CanvasGraph Drawn = WorkflowDrawing.Of(
        new DrawnWorkflow
        {
            Steps =
            [
                Step("choose", """{"type":"conditional","conditions":[{"if":"a > 1","then":"big","else":"small"}],"on_error":"rescue"}"""),
                Step("a", """{"type":"transform","path":"big","depends_on":[]}"""),
                Step("small", """{"type":"transform"}"""),
                Step("join", """{"type":"transform","depends_on":["a","small"]}"""),
                Step("rescue", """{"type":"transform"}"""),
            ],
            Triggers = [new JsonObject { ["type"] = "schedule" }, new JsonObject { ["type"] = "webhook" }],
        },
        Catalogues.All);

    [Fact]
    public void WhatWasChosen_IsTaken_AndTheRestIsNot()
    {
        var marked = Mark("completed", ("choose", "completed", ["big"]), ("a", "completed", null), ("small", "skipped", null), ("join", "completed", null), ("rescue", "skipped", null));

        Assert.Equal(
            [
                "choose|error|rescue not_taken ", "choose|if:0:else|small not_taken ", "choose|if:0:then|a taken completed",
                "a|out|join taken completed", "small|out|join not_taken ", "trigger:0|out|choose taken completed", "trigger:1|out|choose not_taken ",
            ],
            marked.Edges.Select(edge => $"{edge.Id} {edge.Path} {edge.PathStatus}").OrderBy(text => text.StartsWith("trigger", StringComparison.Ordinal)).ThenBy(text => text.StartsWith("choose", StringComparison.Ordinal) ? 0 : 1).ThenBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public void WhatIsUnderWay_HasItsColour_AndWhatMayComeIsOpen()
    {
        var marked = Mark(null, ("choose", "completed", ["big"]), ("a", "in_progress", null), ("small", "skipped", null));

        Assert.Equal(("taken", "in_progress"), Way(marked, "choose|if:0:then|a"));
        Assert.Equal((null, null), Way(marked, "a|out|join"));
    }

    [Fact]
    public void AFailure_TakesTheWayOfErrors()
    {
        var marked = Mark("completed", ("choose", "failed", null), ("rescue", "completed", null), ("a", "skipped", null), ("small", "skipped", null), ("join", "skipped", null));

        Assert.Equal(("taken", "failed"), Way(marked, "choose|error|rescue"));
        Assert.Equal(("not_taken", null), Way(marked, "choose|if:0:then|a"));
    }

    [Fact]
    public void MarkedAgain_TheSameEdgesAreTheSameObjects()
    {
        (string, string, string[]?)[] steps = [("choose", "completed", ["big"]), ("a", "in_progress", null)];
        var once = Mark(null, steps);
        var twice = ExecutionPaths.Mark(once, Steps(steps), Execution(null));

        Assert.All(once.Edges.Zip(twice.Edges), pair => Assert.Same(pair.First, pair.Second));
    }

    private static (string? Path, string? Status) Way(CanvasGraph graph, string edge) => graph.Edges.Where(one => one.Id == edge).Select(one => (one.Path, one.PathStatus)).Single();

    private static CanvasGraph Mark(string? ended, params (string Name, string Status, string[]? Branches)[] steps) => ExecutionPaths.Mark(Drawn, Steps(steps), Execution(ended));

    private static Dictionary<string, StepView> Steps((string Name, string Status, string[]? Branches)[] begun) =>
        Drawn.Boxes.Where(box => box.Kind == "step").ToDictionary(box => box.Id, box => begun.FirstOrDefault(one => one.Name == box.Name) is { Name: not null } one ? View(one.Name, one.Status, one.Branches) : View(box.Name, "pending", null));

    private static StepView View(string name, string status, string[]? branches) =>
        new() { Name = name, Type = "transform", Ordinal = 0, StepId = name, DependsOn = [], Status = status, Attempt = 1, Progress = 0, OutputBytes = 0, Branches = branches };

    private static ExecutionView Execution(string? ended) => new()
    {
        ExecutionId = "exec_1", WorkflowId = "workflow_1", WorkflowName = "w", Version = 1, Status = ended ?? "running", Priority = 5, TriggeredBy = "schedule", UserId = "u",
        CreatedAt = DateTimeOffset.UnixEpoch, FinishedAt = ended is null ? null : DateTimeOffset.UnixEpoch, Progress = 0, StepsTotal = 5, StepsCompleted = 0, CreditsUsed = 0, Retained = true,
    };

    private static DrawnStep Step(string name, string json)
    {
        var source = JsonNode.Parse(json)!.AsObject();
        source["name"] = name;
        return new DrawnStep(name, source);
    }
}
