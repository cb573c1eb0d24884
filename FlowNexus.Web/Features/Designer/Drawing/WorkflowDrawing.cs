using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>Makes the picture of a workflow: for the designer, the live view, versions side by side and templates.</summary>
public static class WorkflowDrawing
{
    public static CanvasGraph Of(DrawnWorkflow workflow, StepCatalogue catalogue)
    {
        RawStep[] steps = [.. workflow.Steps.Select(step => new RawStep(step.Id, step.Source))];
        var edges = DrawnEdges.Of(steps);
        var plain = edges.Where(edge => edge.Port is null).Select(edge => edge.From).ToHashSet();
        var boxes = new List<CanvasBox>(steps.Length + workflow.Triggers.Count);
        for (var i = 0; i < workflow.Triggers.Count; i++) boxes.Add(TriggerBox.Of(workflow.Triggers[i], i));
        boxes.AddRange(steps.Select(step => Box(step, catalogue.TryGet(step.Type), plain.Contains(step.Id), workflow.Pinned.Contains(step.Id))));
        return new CanvasGraph
        {
            Boxes = [.. boxes.Select(box => Placed(box, workflow))],
            Edges = [.. Starts(workflow.Triggers.Count, steps, edges), .. edges],
            Notes = workflow.Notes,
            Groups = workflow.Groups,
        };
    }

    private static CanvasBox Box(RawStep step, StepType? type, bool hasFollowers, bool isPinned) => new()
    {
        Id = step.Id,
        Kind = "step",
        Name = step.Name,
        Type = step.Type,
        TypeTitle = type?.Title ?? (step.Type.Length == 0 ? "No type yet" : step.Type),
        Family = type is null ? "control" : FamilyOf(type.Family),
        Glyph = StepGlyph.Of(step.Type, type?.Family),
        Line = StepEssence.Of(step),
        Badges = [.. StepBadges.Of(step, isPinned)],
        Ports = [.. step.Branches.Select(branch => new CanvasPort(branch.Port, branch.Label)), .. step.OnError is null ? [] : new[] { new CanvasPort(BranchPorts.Error, "on error") }],
        HasPlainOut = !step.Branching || hasFollowers,
    };

    /// <summary>Every trigger leads to each step that waits for nothing.</summary>
    private static IEnumerable<CanvasEdge> Starts(int triggers, RawStep[] steps, IReadOnlyList<CanvasEdge> edges)
    {
        var led = edges.Select(edge => edge.To).ToHashSet();
        var first = steps.Where(step => !led.Contains(step.Id)).ToList();
        for (var i = 0; i < triggers; i++)
            foreach (var step in first)
                yield return new CanvasEdge { Id = DrawnEdges.EdgeId(TriggerBox.IdOf(i), null, step.Id), From = TriggerBox.IdOf(i), To = step.Id, Kind = "trigger" };
    }

    private static CanvasBox Placed(CanvasBox box, DrawnWorkflow workflow)
    {
        if (workflow.Positions.TryGetValue(box.Id, out var at)) box = box with { X = at.X, Y = at.Y };
        return workflow.Problems.TryGetValue(box.Id, out var problem) ? box with { Problem = problem.Text, ProblemLevel = problem.Level } : box;
    }

    /// <summary>As the style sheet knows it.</summary>
    public static string FamilyOf(StepFamily family) => family switch
    {
        StepFamily.Agent => "agent",
        StepFamily.Control => "control",
        StepFamily.Data => "data",
        StepFamily.Code => "code",
        StepFamily.People => "people",
        _ => "output",
    };
}
