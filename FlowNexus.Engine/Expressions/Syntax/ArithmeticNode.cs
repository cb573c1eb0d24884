namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary><c>+ - * / %</c> on numbers (IEEE double precision); <c>+</c> also joins two texts.</summary>
internal sealed class ArithmeticNode(char operation, ExpressionNode left, ExpressionNode right) : ExpressionNode(left, right)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        var first = left.Evaluate(scope);
        var second = right.Evaluate(scope);
        if (operation == '+' && first.Kind == ValueKind.Text && second.Kind == ValueKind.Text)
            return ExpressionValue.From(first.Text + second.Text);
        if (first.Kind != ValueKind.Number || second.Kind != ValueKind.Number) throw Mismatch(first.Kind, second.Kind);
        if (operation is '/' or '%' && second.Number == 0) throw ExpressionProblems.Type($"Division by zero: {right.Print()} is 0.");

        var result = operation switch
        {
            '+' => first.Number + second.Number,
            '-' => first.Number - second.Number,
            '*' => first.Number * second.Number,
            '/' => first.Number / second.Number,
            _ => first.Number % second.Number,
        };
        return double.IsFinite(result) ? ExpressionValue.From(result) : throw ExpressionProblems.Type($"The result of {Print()} is too large for a number.");
    }

    public override string Print() => $"({left.Print()} {operation} {right.Print()})";

    private Problems.ProblemException Mismatch(ValueKind first, ValueKind second) => ExpressionProblems.Type(
        $"'{operation}' takes two numbers{(operation == '+' ? " or two texts" : "")}; {left.Print()} is {ExpressionValue.Describe(first)} and {right.Print()} is {ExpressionValue.Describe(second)}.",
        "Convert with number(x) or text(x).");
}
