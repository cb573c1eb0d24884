namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A segment after something that is not a name: <c>(a)[0]</c>, <c>[1, 2][0]</c>.</summary>
internal sealed class MemberNode(ExpressionNode from, PathSegment segment)
    : ExpressionNode(segment.Computed is null ? [from] : [from, segment.Computed])
{
    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        if (segment.TryStep(scope, from.Evaluate(scope), out var value, out var missing)) return value;
        throw ExpressionProblems.Unresolved($"'{Print()}' is not in reach: {missing.Why}.", missing.InReach);
    }

    public override string Print() => $"({from.Print()}){segment.Print()}";
}
