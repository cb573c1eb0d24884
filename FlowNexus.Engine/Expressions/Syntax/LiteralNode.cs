namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>A value written in the expression. A number with a unit keeps what was written.</summary>
internal sealed class LiteralNode(ExpressionValue value, string text) : ExpressionNode
{
    public static LiteralNode Text(string text) => new(ExpressionValue.From(text), Quote(text));

    public ExpressionValue Value { get; } = value;

    public override ExpressionValue Evaluate(in EvaluationScope scope) => Value;

    public override string Print() => text;

    public static string Quote(string text)
    {
        var quoted = new System.Text.StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (char.IsControl(character)) quoted.Append("\\u").Append(((int)character).ToString("x4"));
            else quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
