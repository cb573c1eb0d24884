using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Preview;

/// <summary>What to evaluate on past data.</summary>
/// <param name="Value">An expression as text, or any JSON with <c>{{ expressions }}</c>.</param>
/// <param name="IsExpression">The whole text is an expression, with or without braces.</param>
public sealed record PreviewText(JsonNode? Value, bool IsExpression)
{
    /// <summary>An expression or a list whose first item is <c>item</c>; null outside a loop.</summary>
    public JsonNode? Items { get; init; }
}
