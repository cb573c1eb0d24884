namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Gives a name and its segments their meaning while the expression is parsed.</summary>
internal static class Names
{
    private static readonly string[] Operators = ["and", "or", "not", "in"];

    public static bool IsOperator(string name) => Operators.Contains(name);

    public static ExpressionNode Resolve(int position, string name, PathSegment[] segments)
    {
        if (IsOperator(name)) throw new GrammarException(position, $"expected a value, but found the word '{name}'.");
        if (segments.Length == 0)
        {
            switch (name)
            {
                case "true": return new LiteralNode(ExpressionValue.From(true), name);
                case "false": return new LiteralNode(ExpressionValue.From(false), name);
                case "null": return new LiteralNode(ExpressionValue.Null, name);
            }
        }

        return name switch
        {
            "input" => new PathNode(new InputRoot(), segments),
            "item" or "index" => new PathNode(new ItemRoot(name == "index"), segments),
            "steps" => Step(position, segments),
            "execution" => Execution(position, segments),
            "secrets" => throw new GrammarException(position, "secrets cannot be used yet: this version has no secret store. Remove the reference or put the value into the connection's configuration on the server."),
            _ => new PathNode(new BareRoot(name), segments),
        };
    }

    private static PathNode Step(int position, PathSegment[] segments)
    {
        return segments switch
        {
            [{ Name: { } step }, { Name: "output" }, .. var rest] => new PathNode(new StepRoot(step), rest),
            [{ Name: { } step }, { Name: "error" }, .. var rest] => new PathNode(new ErrorRoot(step), rest),
            _ => throw new GrammarException(position, "a step's result is written steps.NAME.output, or steps[\"NAME\"].output when the name has spaces or dashes; why it failed is steps.NAME.error."),
        };
    }

    private static PathNode Execution(int position, PathSegment[] segments)
    {
        if (segments is not [{ Name: { } fact }, ..] || !ExecutionRoot.Facts.Contains(fact))
            throw new GrammarException(position, $"execution has: {string.Join(", ", ExecutionRoot.Facts)}.");
        return new PathNode(new ExecutionRoot(fact), segments[1..]);
    }
}
