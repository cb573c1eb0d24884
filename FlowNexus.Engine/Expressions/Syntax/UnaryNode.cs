namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Negation of a number.</summary>
internal sealed class NegateNode(ExpressionNode operand) : ExpressionNode(operand)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        var value = operand.Evaluate(scope);
        return value.Kind == ValueKind.Number
            ? ExpressionValue.From(-value.Number)
            : throw ExpressionProblems.Type($"Only a number can be negated; {operand.Print()} is {ExpressionValue.Describe(value.Kind)}.");
    }

    public override string Print() => $"(-{operand.Print()})";
}

/// <summary>Negation of a condition: <c>not a</c> or <c>!a</c>.</summary>
internal sealed class NotNode(ExpressionNode operand) : ExpressionNode(operand)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope) =>
        ExpressionValue.From(!LogicalNode.Condition(operand, scope, "not"));

    public override string Print() => $"(not {operand.Print()})";
}
