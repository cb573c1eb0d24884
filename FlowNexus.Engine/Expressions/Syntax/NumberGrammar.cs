using Parlot.Fluent;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>
/// A number, perhaps with a unit right behind it: <c>100MB</c>, <c>30s</c>, <c>50%</c>. A percent sign that touches a
/// number is always the unit; the remainder operator wants a space: <c>50 % 3</c>.
/// </summary>
internal static class NumberGrammar
{
    public static Parser<ExpressionNode> Build()
    {
        var unit = OneOf(Literals.Pattern(PrimaryGrammar.IsNamePart), Capture(Literals.Char('%')));
        return Terms.Number<double>(NumberOptions.AllowDecimalSeparator | NumberOptions.AllowExponent)
            .And(unit.Optional())
            .Then((context, start, end, parts) => Make(context.Scanner.Buffer, start, end, parts.Item1, parts.Item2.HasValue ? parts.Item2.Value.ToString() : null));
    }

    private static ExpressionNode Make(string source, int start, int end, double number, string? unit)
    {
        var text = source[start..end].Trim();
        var factor = 1d;
        if (unit is not null && !Units.TryFactor(unit, out factor))
            throw new GrammarException(start, $"'{text}' has an unknown unit '{unit}'. Units: {string.Join(", ", Units.Allowed)}.");
        var value = Units.Apply(number, factor);
        return double.IsFinite(value) ? new LiteralNode(ExpressionValue.From(value), text) : throw new GrammarException(start, $"'{text}' is too large for a number.");
    }
}
