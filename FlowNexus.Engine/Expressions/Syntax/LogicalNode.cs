namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary><c>and</c> and <c>or</c>; the right side is looked at only when it can change the result.</summary>
internal sealed class LogicalNode(bool isAnd, ExpressionNode left, ExpressionNode right) : ExpressionNode(left, right)
{
    private string Word => isAnd ? "and" : "or";

    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        var first = Condition(left, scope, Word);
        return ExpressionValue.From(first == isAnd ? Condition(right, scope, Word) : first);
    }

    public override string Print() => $"({left.Print()} {Word} {right.Print()})";

    public static bool Condition(ExpressionNode node, in EvaluationScope scope, string word)
    {
        var value = node.Evaluate(scope);
        return value.Kind == ValueKind.Boolean
            ? value.Boolean
            : throw ExpressionProblems.Type($"'{word}' takes true or false; {node.Print()} is {ExpressionValue.Describe(value.Kind)}.");
    }
}
