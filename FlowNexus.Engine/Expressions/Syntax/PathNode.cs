using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A name and what follows it: <c>steps.extract.output.rows[0].id</c>, <c>input.dataset</c>, <c>data_size</c>.</summary>
internal sealed class PathNode : ExpressionNode
{
    private readonly PathRoot _root;
    private readonly PathSegment[] _segments;
    private readonly string _text;

    public PathNode(PathRoot root, PathSegment[] segments)
        : base([.. segments.Where(segment => segment.Computed is not null).Select(segment => segment.Computed!)])
    {
        _root = root;
        _segments = segments;
        _text = root.Print() + string.Concat(segments.Select(segment => segment.Print()));
    }

    public override ExpressionValue Evaluate(in EvaluationScope scope) =>
        TryResolve(scope, out var value, out var missing) ? value : throw Unresolved(missing);

    public override bool TryEvaluate(in EvaluationScope scope, out ExpressionValue value) => TryResolve(scope, out value, out _);

    public override string Print() => _text;

    public override void CollectSteps(ISet<string> names)
    {
        base.CollectSteps(names);
        if (_root is StepRoot step) names.Add(step.StepName);
        if (_root is ErrorRoot failed) names.Add(failed.StepName);
    }

    private bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        if (!_root.TryResolve(scope, out value, out missing)) return false;
        foreach (var segment in _segments)
        {
            if (!segment.TryStep(scope, value, out var next, out missing)) return false;
            value = next;
        }

        if (scope.Used is { } used) Record(used, value);
        return true;
    }

    // Conditions are shown to people and kept in events: sizes of collections, not their contents.
    private void Record(JsonObject used, in ExpressionValue value) => used[_text] = value.Kind switch
    {
        ValueKind.Array => $"array of {value.Array.Count}",
        ValueKind.Object => $"object of {value.Object.Count}",
        ValueKind.Text when value.Text.Length > 200 => string.Concat(value.Text.AsSpan(0, 200), "…"),
        _ => value.ToNode(),
    };

    private ProblemException Unresolved(MissingSegment missing) => ExpressionProblems.Unresolved(
        $"'{_text}' is not in reach: {missing.Why}.{(missing.InReach.Count > 0 ? $" In reach: {string.Join(", ", missing.InReach)}." : "")}",
        missing.InReach,
        "Use exists(name) to ask first, or coalesce(name, other) to fall back.");
}
