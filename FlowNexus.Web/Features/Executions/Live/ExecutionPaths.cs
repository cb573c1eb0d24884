using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>Which ways an execution took, on the picture of its workflow. Pure.</summary>
internal static class ExecutionPaths
{
    private const string Taken = "taken";
    private const string NotTaken = "not_taken";

    /// <param name="steps">By id of their box.</param>
    /// <returns>The same picture; an edge whose way is as before is the same object.</returns>
    public static CanvasGraph Mark(CanvasGraph graph, IReadOnlyDictionary<string, StepView> steps, ExecutionView execution)
    {
        var ended = execution.FinishedAt is not null;
        var triggers = graph.Boxes.Where(box => box.Kind == "trigger" && box.Type == execution.TriggeredBy).Select(box => box.Id).ToHashSet();
        return graph with { Edges = [.. graph.Edges.Select(edge => Marked(edge, Way(edge)))] };

        (string? Path, string? Status) Way(CanvasEdge edge)
        {
            if (!steps.TryGetValue(edge.To, out var to)) return (null, null);
            if (edge.Kind == "trigger") return triggers.Contains(edge.From) && triggers.Count == 1 ? (Taken, to.Status) : (triggers.Count > 1 && triggers.Contains(edge.From) ? null : NotTaken, null);
            if (!steps.TryGetValue(edge.From, out var from)) return (null, null);
            return Between(edge, from, to, ended);
        }
    }

    private static (string? Path, string? Status) Between(CanvasEdge edge, StepView from, StepView to, bool ended)
    {
        var isOver = IsOver(from.Status);
        if (!isOver) return ended ? (NotTaken, null) : (null, null);
        var open = edge.Kind switch
        {
            "error" => from.Status is "failed" or "timed_out",
            "branch" => from.Status == "completed" && from.Branches?.Contains(edge.Label ?? to.Name) == true,
            _ => from.Status is not "skipped",
        };
        if (!open || to.Status == "skipped") return (NotTaken, null);
        if (to.Status != "pending") return (Taken, to.Status is "in_progress" or "waiting" ? to.Status : from.Status);
        return ended ? (NotTaken, null) : (null, null);
    }

    private static bool IsOver(string status) => status is "completed" or "failed" or "skipped" or "cancelled" or "timed_out";

    private static CanvasEdge Marked(CanvasEdge edge, (string? Path, string? Status) way) =>
        edge.Path == way.Path && edge.PathStatus == way.Status ? edge : edge with { Path = way.Path, PathStatus = way.Status };
}
