using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.History;

/// <summary>Two versions in one picture: what came, what went, what changed.</summary>
internal static class DiffPicture
{
    public static CanvasGraph Of(ComparedVersions compared, StepCatalogue catalogue)
    {
        var (old, now) = (DraftPicture.Of(compared.Before, [], catalogue), DraftPicture.Of(compared.After, [], catalogue));
        var kinds = compared.Diff.Steps.ToDictionary(step => step.StepId, step => step.Kind switch { ChangeKind.Added => "added", ChangeKind.Removed => "removed", _ => "changed" });
        var (edgesNow, edgesThen) = (now.Edges.Select(edge => edge.Id).ToHashSet(), old.Edges.Select(edge => edge.Id).ToHashSet());
        var boxes = now.Boxes.Select(box => box with { Change = kinds.GetValueOrDefault(box.Id) })
            .Concat(old.Boxes.Where(box => kinds.GetValueOrDefault(box.Id) == "removed").Select(box => box with { Change = "removed" })).ToList();
        var there = boxes.Select(box => box.Id).ToHashSet();
        return now with
        {
            Boxes = boxes,
            Edges =
            [
                .. now.Edges.Select(edge => edgesThen.Contains(edge.Id) ? edge : edge with { Change = "added" }),
                .. old.Edges.Where(edge => !edgesNow.Contains(edge.Id) && there.Contains(edge.From) && there.Contains(edge.To)).Select(edge => edge with { Change = "removed" }),
            ],
        };
    }
}
