using System.Text;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A node of a compiled template.</summary>
internal abstract class TemplateNode
{
    public abstract JsonNode? Render(in EvaluationScope scope);
}

internal sealed class ConstantTemplate(JsonNode? value) : TemplateNode
{
    public override JsonNode? Render(in EvaluationScope scope) => value?.DeepClone();
}

internal sealed class ExpressionTemplate(Expression expression) : TemplateNode
{
    public override JsonNode? Render(in EvaluationScope scope) => expression.Evaluate(scope).ToNode();
}

/// <summary>Text with expressions in it; a part is either one or the other.</summary>
internal sealed class TextTemplate((string? Text, Expression? Expression)[] parts) : TemplateNode
{
    public override JsonNode? Render(in EvaluationScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(part.Text ?? part.Expression!.Evaluate(scope).ToText());
        return JsonValue.Create(text.ToString());
    }
}

internal sealed class ObjectTemplate(KeyValuePair<string, TemplateNode>[] fields) : TemplateNode
{
    public override JsonNode? Render(in EvaluationScope scope)
    {
        var result = new JsonObject();
        foreach (var field in fields) result.Add(field.Key, field.Value.Render(scope));
        return result;
    }
}

internal sealed class ArrayTemplate(TemplateNode[] items) : TemplateNode
{
    public override JsonNode? Render(in EvaluationScope scope)
    {
        var result = new JsonArray();
        foreach (var item in items) result.Add(item.Render(scope));
        return result;
    }
}
