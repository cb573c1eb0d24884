namespace FlowNexus.Engine.Workflows;

/// <summary>
/// Who waits for whom, as indexes into the definition's steps. Built from a definition that the validator accepted.
/// </summary>
/// <remarks>
/// The kinds of edges (see <see cref="EdgeKind"/>) carry dead-path elimination: a step starts once every incoming
/// edge is resolved and it is still alive; it is skipped when a branch did not choose it or when everything it
/// depends on was skipped. A join after a branch therefore fires on the path that was taken.
/// </remarks>
public sealed class WorkflowGraph
{
    private readonly Edge[][] _incoming;
    private readonly int[][] _followers;

    private WorkflowGraph(IReadOnlyList<StepDefinition> steps, Edge[][] incoming, bool listedOrder)
    {
        Steps = steps;
        IsListedOrder = listedOrder;
        _incoming = incoming;
        _followers = Followers(incoming);
    }

    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>True when no step has <c>depends_on</c>: steps run in the order they are listed.</summary>
    public bool IsListedOrder { get; }

    public IReadOnlyList<Edge> Incoming(int step) => _incoming[step];

    /// <summary>Steps with an edge from this one, in order.</summary>
    public IReadOnlyList<int> Followers(int step) => _followers[step];

    public int IndexOf(string name)
    {
        for (var i = 0; i < Steps.Count; i++)
            if (Steps[i].Name == name) return i;
        return -1;
    }

    public static WorkflowGraph Of(WorkflowDefinition definition)
    {
        var steps = definition.Steps;
        var byName = new Dictionary<string, int>(steps.Count);
        for (var i = 0; i < steps.Count; i++) byName[steps[i].Name] = i;

        var listed = steps.All(step => step.DependsOn is null);
        var incoming = new List<Edge>[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            incoming[i] = [];
            if (listed && i > 0) incoming[i].Add(new Edge(i - 1, EdgeKind.Order, null));
            foreach (var name in steps[i].DependsOn ?? [])
                if (byName.TryGetValue(name, out var from)) incoming[i].Add(new Edge(from, EdgeKind.Dependency, null));
        }

        for (var from = 0; from < steps.Count; from++)
            foreach (var target in Targets(steps[from]))
                foreach (var to in StepsAt(steps, byName, target))
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

        return new WorkflowGraph(steps, [.. incoming.Select(edges => edges.ToArray())], listed);
    }

    /// <summary>Every step name or path label the branches of a step can lead to.</summary>
    public static IEnumerable<string> Targets(StepDefinition step) =>
        step.Conditions.SelectMany(branch => branch.Else is null ? [branch.Then] : new[] { branch.Then, branch.Else })
            .Concat(step.Switch is { } cases ? cases.Cases.SelectMany(one => one.Then).Concat(cases.Default) : []).Distinct();

    private static IEnumerable<int> StepsAt(IReadOnlyList<StepDefinition> steps, Dictionary<string, int> byName, string target)
    {
        if (byName.TryGetValue(target, out var named)) return [named];
        return Enumerable.Range(0, steps.Count).Where(i => steps[i].Path == target);
    }

    private static int[][] Followers(Edge[][] incoming)
    {
        var followers = new SortedSet<int>[incoming.Length];
        for (var i = 0; i < incoming.Length; i++) followers[i] = [];
        for (var to = 0; to < incoming.Length; to++)
            foreach (var edge in incoming[to]) followers[edge.From].Add(to);
        return [.. followers.Select(set => set.ToArray())];
    }
}

/// <param name="From">Index of the step the edge comes from.</param>
/// <param name="Target">Of a gate: the branch target that opens it.</param>
public readonly record struct Edge(int From, EdgeKind Kind, string? Target);

public enum EdgeKind
{
    /// <summary>Written in <c>depends_on</c>: dead when the other step was skipped.</summary>
    Dependency,

    /// <summary>Only the listed order: waits, but never kills.</summary>
    Order,

    /// <summary>From a conditional step to a step it names: open when that branch was taken, dead otherwise.</summary>
    Gate,

    /// <summary>Written in <c>on_error</c>: open when the other step failed for good, dead otherwise.</summary>
    Error,
}
