namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>
/// <c>== != &lt; &lt;= &gt; &gt;=</c> between values of one kind. Anything may be compared with null for equality;
/// texts order by code unit, so ISO dates of one form order by time.
/// </summary>
internal sealed class ComparisonNode(string operation, ExpressionNode left, ExpressionNode right) : ExpressionNode(left, right)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        var first = left.Evaluate(scope);
        var second = right.Evaluate(scope);
        if (operation is "==" or "!=") return ExpressionValue.From(Same(first, second) == (operation == "=="));

        var order = (first.Kind, second.Kind) switch
        {
            (ValueKind.Number, ValueKind.Number) => first.Number.CompareTo(second.Number),
            (ValueKind.Text, ValueKind.Text) => string.CompareOrdinal(first.Text, second.Text),
            _ => throw Mismatch(first.Kind, second.Kind),
        };
        return ExpressionValue.From(operation switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }

    public override string Print() => $"({left.Print()} {operation} {right.Print()})";

    private bool Same(in ExpressionValue first, in ExpressionValue second)
    {
        if (first.Kind == second.Kind) return first.SameAs(second);
        if (first.Kind == ValueKind.Null || second.Kind == ValueKind.Null) return false;
        throw Mismatch(first.Kind, second.Kind);
    }

    private Problems.ProblemException Mismatch(ValueKind first, ValueKind second) => ExpressionProblems.Type(
        $"'{operation}' cannot compare {left.Print()}, {ExpressionValue.Describe(first)}, with {right.Print()}, {ExpressionValue.Describe(second)}.",
        "Convert with number(x) or text(x); compare numbers with numbers and texts with texts.");
}
