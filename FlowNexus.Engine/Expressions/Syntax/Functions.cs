using System.Collections.Frozen;
using System.Globalization;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>The functions of the language. None of them knows a clock, a random number or the world outside.</summary>
internal static class Functions
{
    private const int Any = 100;

    private static readonly FrozenDictionary<string, Function> ByName = new Function[]
    {
        new("length", 1, 1, Length),
        new("lower", 1, 1, (arguments, in scope) => ExpressionValue.From(Text("lower", arguments[0], scope).ToLowerInvariant())),
        new("upper", 1, 1, (arguments, in scope) => ExpressionValue.From(Text("upper", arguments[0], scope).ToUpperInvariant())),
        new("trim", 1, 1, (arguments, in scope) => ExpressionValue.From(Text("trim", arguments[0], scope).Trim())),
        new("contains", 2, 2, (arguments, in scope) => ExpressionValue.From(MembershipNode.Contains(arguments[1].Evaluate(scope), arguments[0].Evaluate(scope)))),
        new("starts_with", 2, 2, (arguments, in scope) => ExpressionValue.From(Text("starts_with", arguments[0], scope).StartsWith(Text("starts_with", arguments[1], scope), StringComparison.Ordinal))),
        new("ends_with", 2, 2, (arguments, in scope) => ExpressionValue.From(Text("ends_with", arguments[0], scope).EndsWith(Text("ends_with", arguments[1], scope), StringComparison.Ordinal))),
        new("round", 1, 2, Round),
        new("min", 1, Any, (arguments, in scope) => ExpressionValue.From(Numbers("min", arguments, scope, 1).Min())),
        new("max", 1, Any, (arguments, in scope) => ExpressionValue.From(Numbers("max", arguments, scope, 1).Max())),
        new("sum", 1, Any, (arguments, in scope) => ExpressionValue.From(Numbers("sum", arguments, scope, 0).Sum())),
        new("coalesce", 1, Any, Coalesce),
        new("exists", 1, 1, (arguments, in scope) => ExpressionValue.From(arguments[0].TryEvaluate(scope, out _))),
        new("if", 3, 3, (arguments, in scope) => arguments[LogicalNode.Condition(arguments[0], scope, "if") ? 1 : 2].Evaluate(scope)),
        new("number", 1, 1, ToNumber),
        new("text", 1, 1, (arguments, in scope) => ExpressionValue.From(arguments[0].Evaluate(scope).ToText())),
    }.ToFrozenDictionary(function => function.Name);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public static Function? TryGet(string name) => ByName.GetValueOrDefault(name);

    private static ExpressionValue Length(ExpressionNode[] arguments, in EvaluationScope scope)
    {
        var value = arguments[0].Evaluate(scope);
        return ExpressionValue.From((double)(value.Kind switch
        {
            ValueKind.Text => value.Text.Length,
            ValueKind.Array => value.Array.Count,
            ValueKind.Object => value.Object.Count,
            _ => throw Wrong("length", "a text, an array or an object", arguments[0], value.Kind),
        }));
    }

    private static ExpressionValue Round(ExpressionNode[] arguments, in EvaluationScope scope)
    {
        var number = Number("round", arguments[0], scope);
        var digits = arguments.Length > 1 ? Number("round", arguments[1], scope) : 0;
        if (digits is < 0 or > 15 || digits != Math.Floor(digits)) throw ExpressionProblems.Type($"round takes 0 to 15 decimal places, not {arguments[1].Print()}.");
        return ExpressionValue.From(Math.Round(number, (int)digits, MidpointRounding.AwayFromZero));
    }

    private static ExpressionValue Coalesce(ExpressionNode[] arguments, in EvaluationScope scope)
    {
        foreach (var argument in arguments)
        {
            if (argument.TryEvaluate(scope, out var value) && value.Kind != ValueKind.Null) return value;
        }

        return ExpressionValue.Null;
    }

    private static ExpressionValue ToNumber(ExpressionNode[] arguments, in EvaluationScope scope)
    {
        var value = arguments[0].Evaluate(scope);
        if (value.Kind == ValueKind.Number) return value;
        if (value.Kind == ValueKind.Boolean) return ExpressionValue.From(value.Boolean ? 1d : 0d);
        if (value.Kind == ValueKind.Text && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return ExpressionValue.From(number);
        throw Wrong("number", "a text such as \"12.5\"", arguments[0], value.Kind);
    }

    private static List<double> Numbers(string function, ExpressionNode[] arguments, in EvaluationScope scope, int least)
    {
        var numbers = new List<double>();
        foreach (var argument in arguments)
        {
            var value = argument.Evaluate(scope);
            if (value.Kind == ValueKind.Array && arguments.Length == 1)
            {
                foreach (var item in value.Array) numbers.Add(Number(function, argument, ExpressionValue.From(item)));
            }
            else
            {
                numbers.Add(Number(function, argument, value));
            }
        }

        return numbers.Count >= least ? numbers : throw ExpressionProblems.Type($"{function} needs at least one number; {arguments[0].Print()} is empty.");
    }

    private static string Text(string function, ExpressionNode node, in EvaluationScope scope)
    {
        var value = node.Evaluate(scope);
        return value.Kind == ValueKind.Text ? value.Text : throw Wrong(function, "a text", node, value.Kind);
    }

    private static double Number(string function, ExpressionNode node, in EvaluationScope scope) => Number(function, node, node.Evaluate(scope));

    private static double Number(string function, ExpressionNode node, in ExpressionValue value) =>
        value.Kind == ValueKind.Number ? value.Number : throw Wrong(function, "numbers", node, value.Kind);

    private static Problems.ProblemException Wrong(string function, string wanted, ExpressionNode node, ValueKind kind) =>
        ExpressionProblems.Type($"{function} takes {wanted}; {node.Print()} holds {ExpressionValue.Describe(kind)}.", "Convert with number(x) or text(x).");
}
