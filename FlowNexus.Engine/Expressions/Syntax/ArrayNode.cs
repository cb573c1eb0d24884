using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary><c>[1, "a", input.x]</c></summary>
internal sealed class ArrayNode(ExpressionNode[] items) : ExpressionNode(items)
{
    public override ExpressionValue Evaluate(in EvaluationScope scope)
    {
        var array = new JsonArray();
        foreach (var item in items) array.Add(item.Evaluate(scope).ToNode());
        return ExpressionValue.From(array);
    }

    public override string Print() => $"[{string.Join(", ", items.Select(item => item.Print()))}]";
}
