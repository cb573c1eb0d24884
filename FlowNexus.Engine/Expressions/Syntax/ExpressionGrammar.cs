using FlowNexus.Engine.Problems;
using Parlot;
using Parlot.Fluent;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>
/// The grammar, loosest first: <c>or</c>, <c>and</c>, <c>not</c>, one comparison or <c>in</c>, <c>+ -</c>,
/// <c>* / %</c>, sign and <c>!</c>, then a value with what follows it.
/// </summary>
internal static class ExpressionGrammar
{
    private static readonly Parser<ExpressionNode> Root = Build();

    public static ExpressionNode Parse(string source)
    {
        NestingLimit.Check(source);
        var context = new ParseContext(new Scanner(source));
        try
        {
            var read = Root.TryParse(context, out var node, out var error);
            if (!read || error is not null) throw At(source, error?.Position.Offset ?? 0, error?.Message ?? "expected a value");
            context.SkipWhiteSpace();
            var end = context.Scanner.Cursor.Offset;
            if (end < source.Length) throw At(source, end, "expected an operator or the end");
            return node.Depth <= Expression.MaxDepth ? node : throw ExpressionProblems.Invalid(source, 0, $"it nests {node.Depth} deep; at most {Expression.MaxDepth} is allowed. Split it over two steps.");
        }
        catch (GrammarException failure)
        {
            throw ExpressionProblems.Invalid(source, failure.Position, failure.Message);
        }
    }

    private static ProblemException At(string source, int offset, string message)
    {
        var position = Math.Clamp(offset, 0, source.Length);
        while (position < source.Length && char.IsWhiteSpace(source[position])) position++;
        var rest = source[position..];
        var found = rest.Length == 0 ? "the expression ends" : $"found '{(rest.Length <= 20 ? rest : rest[..20] + "…")}'";
        return ExpressionProblems.Invalid(source, position, $"{message}, but {found}.");
    }

    private static Parser<ExpressionNode> Build()
    {
        var expression = Deferred<ExpressionNode>();
        var unary = Prefixed(Terms.Text("!").WhenNotFollowedBy(Literals.Char('=')).Or(Terms.Text("-")), PrimaryGrammar.Build(expression));
        var product = Binary(unary, OneOf(Terms.Text("*"), Terms.Text("/"), Terms.Text("%")), Arithmetic);
        var sum = Binary(product, OneOf(Terms.Text("+"), Terms.Text("-")), Arithmetic);
        var relation = OneOf(
            Terms.Text("=="), Terms.Text("!="), Terms.Text("<="), Terms.Text(">="), Terms.Text("<"), Terms.Text(">"),
            Word("in"), Word("not").AndSkip(Word("in")).Then(_ => "not in"));
        var comparison = sum.And(relation.And(sum).Optional()).Then(pair => pair.Item2.HasValue ? Relate(pair.Item2.Value.Item1, pair.Item1, pair.Item2.Value.Item2) : pair.Item1);
        var negation = Prefixed(Word("not"), comparison);
        var both = Binary(negation, OneOf(Word("and"), Terms.Text("&&")), (_, left, right) => new LogicalNode(true, left, right));
        expression.Parser = Binary(both, OneOf(Word("or"), Terms.Text("||")), (_, left, right) => new LogicalNode(false, left, right));
        return expression;
    }

    /// <summary>Operators of one precedence, folded from the left. A missing right side is an error, never a shorter expression.</summary>
    private static Parser<ExpressionNode> Binary(
        Parser<ExpressionNode> operand, Parser<string> operators, Func<string, ExpressionNode, ExpressionNode, ExpressionNode> make) =>
        operand.And(ZeroOrMany(operators.And(operand))).Then(parts =>
            parts.Item2.Aggregate(parts.Item1, (left, next) => make(next.Item1, left, next.Item2)));

    private static Parser<ExpressionNode> Prefixed(Parser<string> prefixes, Parser<ExpressionNode> operand) =>
        ZeroOrMany(prefixes).And(operand).Then(parts =>
            parts.Item1.Reverse().Aggregate(parts.Item2, (node, prefix) => prefix == "-" ? new NegateNode(node) : new NotNode(node)));

    private static Parser<string> Word(string word) => Terms.Text(word).WhenNotFollowedBy(Literals.Pattern(PrimaryGrammar.IsNamePart, 1, 1));

    private static ExpressionNode Arithmetic(string operation, ExpressionNode left, ExpressionNode right) => new ArithmeticNode(operation[0], left, right);

    private static ExpressionNode Relate(string operation, ExpressionNode left, ExpressionNode right) => operation switch
    {
        "in" or "not in" => new MembershipNode(operation != "in", left, right),
        _ => new ComparisonNode(operation, left, right),
    };
}
