namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A node of a parsed expression. Immutable.</summary>
internal abstract class ExpressionNode(params ReadOnlySpan<ExpressionNode> children)
{
    private readonly ExpressionNode[] _children = children.ToArray();

    /// <summary>1 for a leaf.</summary>
    public int Depth { get; } = DepthOf(children);

    public abstract ExpressionValue Evaluate(in EvaluationScope scope);

    /// <summary>Text that parses back to the same node; operators come in brackets of their own.</summary>
    public abstract string Print();

    /// <summary>Evaluates, but a path that leads nowhere is false instead of an error.</summary>
    public virtual bool TryEvaluate(in EvaluationScope scope, out ExpressionValue value)
    {
        value = Evaluate(scope);
        return true;
    }

    public virtual void CollectSteps(ISet<string> names)
    {
        foreach (var child in _children) child.CollectSteps(names);
    }

    private static int DepthOf(ReadOnlySpan<ExpressionNode> children)
    {
        var deepest = 0;
        foreach (var child in children) deepest = Math.Max(deepest, child.Depth);
        return deepest + 1;
    }
}
