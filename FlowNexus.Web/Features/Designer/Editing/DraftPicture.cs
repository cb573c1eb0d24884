using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>The picture of a draft.</summary>
internal static class DraftPicture
{
    private const double Across = 296;

    public static CanvasGraph Of(DraftDocument document, IReadOnlyList<DesignProblem> problems, StepCatalogue catalogue) => WorkflowDrawing.Of(new DrawnWorkflow
    {
        Steps = [.. document.Steps.Select(step => new DrawnStep(step.Id, step.Source))],
        Triggers = [.. document.Triggers],
        Positions = document.Layout.Positions.ToDictionary(place => place.Key, place => new CanvasPosition(place.Key, place.Value.X, place.Value.Y)),
        Problems = problems.Where(problem => problem.StepId is not null).GroupBy(problem => problem.StepId!).ToDictionary(group => group.Key, Worst),
        Pinned = document.Pins.Keys.ToHashSet(),
        Notes = [.. document.Layout.Notes.Select(note => new CanvasNote { Id = note.Key, Text = note.Value.Text, X = note.Value.X, Y = note.Value.Y, Width = note.Value.Width, Height = note.Value.Height })],
        Groups = [.. document.Layout.Groups.Select(group => new CanvasGroup { Id = group.Key, Label = group.Value.Label, Boxes = group.Value.Boxes, Collapsed = group.Value.Collapsed })],
    }, catalogue);

    /// <summary>Room for a new step: to the right of the one it follows, below what stands there already. Null where the canvas lays out.</summary>
    public static DraftPoint? Beside(DraftDocument document, string? after, CanvasGraph graph)
    {
        if (after is null || !document.Layout.Positions.TryGetValue(after, out var at))
            return document.Layout.Positions.Count == 0 ? null : new DraftPoint(document.Layout.Positions.Values.Max(place => place.X) + Across, document.Layout.Positions.Values.Min(place => place.Y));
        var beside = new DraftPoint(at.X + Across, at.Y);
        while (graph.Boxes.Any(box => box.X is { } x && box.Y is { } y && Math.Abs(x - beside.X) < 230 && Math.Abs(y - beside.Y) < 72)) beside = beside with { Y = beside.Y + 96 };
        return beside;
    }

    private static (string Text, string Level) Worst(IEnumerable<DesignProblem> problems)
    {
        var all = problems.OrderByDescending(problem => problem.IsError).ToList();
        return (string.Join("\n", all.Select(problem => problem.Detail.Message)), all[0].Level);
    }
}
