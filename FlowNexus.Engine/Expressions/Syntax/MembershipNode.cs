namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary><c>a in b</c> and <c>a not in b</c>: an item of an array, a part of a text, a key of an object.</summary>
internal sealed class MembershipNode(bool negated, ExpressionNode item, ExpressionNode container) : ExpressionNode(item, container)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope) =>
        ExpressionValue.From(Contains(item.Evaluate(scope), container.Evaluate(scope)) != negated);

    public override string Print() => $"({item.Print()} {(negated ? "not in" : "in")} {container.Print()})";

    public static bool Contains(in ExpressionValue item, in ExpressionValue container)
    {
        switch (container.Kind)
        {
            case ValueKind.Array:
                return ContainsItem(item, container.Array);
            case ValueKind.Text when item.Kind == ValueKind.Text:
                return container.Text.Contains(item.Text, StringComparison.Ordinal);
            case ValueKind.Object when item.Kind == ValueKind.Text:
                return container.Object.ContainsKey(item.Text);
            default:
                throw ExpressionProblems.Type(
                    $"'in' looks for anything in an array, for a text in a text, for a key in an object; not for {ExpressionValue.Describe(item.Kind)} in {ExpressionValue.Describe(container.Kind)}.");
        }
    }

    private static bool ContainsItem(in ExpressionValue item, System.Text.Json.Nodes.JsonArray array)
    {
        var otherKind = ValueKind.Null;
        var comparable = item.Kind == ValueKind.Null;
        foreach (var node in array)
        {
            var candidate = ExpressionValue.From(node);
            if (candidate.Kind == item.Kind)
            {
                if (candidate.SameAs(item)) return true;
                comparable = true;
            }
            else if (candidate.Kind != ValueKind.Null)
            {
                otherKind = candidate.Kind;
            }
        }

        // 5 in ["5"] is a slip, not an absence.
        if (!comparable && otherKind != ValueKind.Null)
            throw ExpressionProblems.Type($"'in' looks for {ExpressionValue.Describe(item.Kind)}, but the array holds {ExpressionValue.Describe(otherKind)}.", "Convert with number(x) or text(x).");
        return false;
    }
}
