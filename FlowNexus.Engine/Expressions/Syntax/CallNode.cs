namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A call of one of <see cref="Functions"/>.</summary>
internal sealed class CallNode(Function function, ExpressionNode[] arguments) : ExpressionNode(arguments)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope) => function.Call(arguments, scope);

    public override string Print() => $"{function.Name}({string.Join(", ", arguments.Select(argument => argument.Print()))})";
}

/// <param name="Most">Largest number of arguments.</param>
internal sealed record Function(string Name, int Least, int Most, FunctionBody Call);

internal delegate ExpressionValue FunctionBody(ExpressionNode[] arguments, in EvaluationScope scope);
