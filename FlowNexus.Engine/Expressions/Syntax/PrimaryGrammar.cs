using Parlot.Fluent;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Literals, names, calls, arrays, brackets, and the segments that follow them.</summary>
internal static class PrimaryGrammar
{
    public static Parser<ExpressionNode> Build(Parser<ExpressionNode> expression)
    {
        var name = Terms.Pattern(IsNamePart).When((_, span) => !char.IsDigit(span.Span[0]));
        var text = Terms.String(StringLiteralQuotes.SingleOrDouble);
        var list = Separated(Terms.Char(','), expression);
        var segment = OneOf(
            Terms.Char('.').SkipAnd(OneOf(name, text).ElseError("expected a name after '.'")).Then(span => new PathSegment(span.ToString(), null)),
            Between(Terms.Char('['), expression, Terms.Char(']').ElseError("expected ']'")).Then(AsSegment));
        var segments = ZeroOrMany(segment);

        var call = name.AndSkip(Terms.Char('(')).And(Arguments(list, ')')).Then((context, start, _, parts) => Call(start, parts.Item1.ToString(), parts.Item2));
        var path = name.And(segments).Then((context, start, _, parts) => Names.Resolve(start, parts.Item1.ToString(), [.. parts.Item2]));
        var value = OneOf(
            NumberGrammar.Build(),
            text.Then<ExpressionNode>(span => LiteralNode.Text(span.ToString())),
            Terms.Char('[').SkipAnd(Arguments(list, ']')).Then<ExpressionNode>(items => new ArrayNode(items)),
            Between(Terms.Char('('), expression, Terms.Char(')').ElseError("expected ')'")),
            call);
        var member = value.And(segments).Then(parts => parts.Item2.Aggregate(parts.Item1, (node, next) => new MemberNode(node, next)));
        return OneOf(member, path).ElseError("expected a value");
    }

    public static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static Parser<ExpressionNode[]> Arguments(Parser<IReadOnlyList<ExpressionNode>> list, char close) => OneOf(
        Terms.Char(close).Then(_ => Array.Empty<ExpressionNode>()),
        list.AndSkip(Terms.Char(close).ElseError($"expected ',' or '{close}'")).Then(items => items.ToArray()));

    // A quoted name in brackets is the same thing as a name after a dot.
    private static PathSegment AsSegment(ExpressionNode node) =>
        node is LiteralNode { Value.Kind: ValueKind.Text } literal ? new PathSegment(literal.Value.Text, null) : new PathSegment(null, node);

    private static ExpressionNode Call(int start, string name, ExpressionNode[] arguments)
    {
        if (Names.IsOperator(name)) throw new GrammarException(start, $"'{name}' cannot stand here; put it in brackets with what it belongs to: ({name} …).");
        var function = Functions.TryGet(name) ?? throw new GrammarException(start, $"there is no function '{name}'. Functions: {string.Join(", ", Functions.Names)}.");
        if (arguments.Length < function.Least || arguments.Length > function.Most)
            throw new GrammarException(start, $"{name} takes {(function.Least == function.Most ? $"{function.Least}" : $"{function.Least} to {function.Most}")} arguments, not {arguments.Length}.");
        if (name == "exists" && arguments[0] is not (PathNode or MemberNode))
            throw new GrammarException(start, "exists takes a name, such as exists(input.dataset).");
        return new CallNode(function, arguments);
    }
}
