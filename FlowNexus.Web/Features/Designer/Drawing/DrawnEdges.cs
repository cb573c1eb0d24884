using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>
/// The edges that the engine would run by, found in what may not be valid yet: the same rules as
/// <see cref="WorkflowGraph"/>, a test compares them. A gate becomes one edge for each way out that opens it.
/// </summary>
internal static class DrawnEdges
{
    public static IReadOnlyList<CanvasEdge> Of(IReadOnlyList<RawStep> steps)
    {
        var byName = new Dictionary<string, int>(steps.Count);
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Name.Length > 0) byName[steps[i].Name] = i;
        var byPath = Enumerable.Range(0, steps.Count).Where(i => steps[i].Path is not null).ToLookup(i => steps[i].Path!);

        var incoming = Waits(steps, byName);
        for (var from = 0; from < steps.Count; from++)
            foreach (var target in steps[from].Branches.SelectMany(branch => branch.Targets).Distinct())
                foreach (var to in byName.TryGetValue(target, out var named) ? [named] : byPath[target])
                {
                    incoming[to].RemoveAll(edge => edge.From == from && edge.Kind != EdgeKind.Gate);
                    incoming[to].Add(new Edge(from, EdgeKind.Gate, target));
                }

        for (var from = 0; from < steps.Count; from++)
        {
            if (steps[from].OnError is not { } handler || !byName.TryGetValue(handler, out var to)) continue;
            incoming[to].RemoveAll(edge => edge.From == from && edge.Kind == EdgeKind.Order);
            incoming[to].Add(new Edge(from, EdgeKind.Error, null));
        }

        return [.. Enumerable.Range(0, steps.Count).SelectMany(to => incoming[to].Where(edge => edge.From != to).SelectMany(edge => Drawn(steps[edge.From], steps[to], edge)))];
    }

    private static List<Edge>[] Waits(IReadOnlyList<RawStep> steps, Dictionary<string, int> byName)
    {
        var incoming = new List<Edge>[steps.Count];
        var listed = steps.All(step => step.DependsOn is null);
        for (var i = 0; i < steps.Count; i++)
        {
            incoming[i] = [];
            if (listed && i > 0) incoming[i].Add(new Edge(i - 1, EdgeKind.Order, null));
            foreach (var name in steps[i].DependsOn ?? [])
                if (byName.TryGetValue(name, out var from)) incoming[i].Add(new Edge(from, EdgeKind.Dependency, null));
        }

        return incoming;
    }

    private static IEnumerable<CanvasEdge> Drawn(RawStep from, RawStep to, Edge edge) => edge.Kind switch
    {
        EdgeKind.Gate => from.Branches.Where(branch => branch.Targets.Contains(edge.Target)).Select(branch => New(from, branch.Port, to, "branch", edge.Target == to.Name ? null : edge.Target)),
        EdgeKind.Error => [New(from, BranchPorts.Error, to, "error", null)],
        _ => [New(from, null, to, "flow", null)],
    };

    private static CanvasEdge New(RawStep from, string? port, RawStep to, string kind, string? label) =>
        new() { Id = EdgeId(from.Id, port, to.Id), From = from.Id, Port = port, To = to.Id, Kind = kind, Label = label };

    /// <summary>The same for the same connection in every picture of the workflow.</summary>
    public static string EdgeId(string from, string? port, string to) => $"{from}|{port ?? "out"}|{to}";
}
