using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Turns a JSON tree into template nodes and keeps what is constant in one piece.</summary>
internal sealed class TemplateCompiler(Action<ProblemDetail> report)
{
    public List<TemplateExpression> Expressions { get; } = [];

    public bool Failed { get; private set; }

    public TemplateNode Compile(JsonNode? source, string pointer)
    {
        var before = Expressions.Count;
        TemplateNode node = source switch
        {
            JsonObject fields => new ObjectTemplate([.. fields.Select(field => KeyValuePair.Create(field.Key, Compile(field.Value, JsonPointers.Append(pointer, field.Key))))]),
            JsonArray items => new ArrayTemplate([.. items.Select((item, index) => Compile(item, JsonPointers.Append(pointer, index)))]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => CompileText(ExpressionValue.From(value).Text, pointer),
            _ => new ConstantTemplate(source?.DeepClone()),
        };
        return Expressions.Count == before ? new ConstantTemplate(source?.DeepClone()) : node;
    }

    private TemplateNode CompileText(string text, string pointer)
    {
        var parts = new List<(string? Text, Expression? Expression)>();
        var position = 0;
        while (text.IndexOf("{{", position, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = FindClose(text, open + 2);
            if (close < 0)
            {
                Report(pointer, $"The '{{{{' at position {open} has no '}}}}'.", "Close it, or write {{ \"{{\" }} for two literal braces.");
                break;
            }

            if (open > position) parts.Add((text[position..open], null));
            if (TryParse(text[(open + 2)..close], pointer) is { } expression) parts.Add((null, expression));
            position = close + 2;
        }

        if (position < text.Length) parts.Add((text[position..], null));
        return parts is [{ Expression: { } only }] ? new ExpressionTemplate(only) : new TextTemplate([.. parts]);
    }

    private Expression? TryParse(string source, string pointer)
    {
        try
        {
            var expression = Expression.Parse(source.Trim());
            Expressions.Add(new TemplateExpression(pointer, expression));
            return expression;
        }
        catch (ProblemException failure)
        {
            Report(pointer, failure.Problem.Message, null);
            return null;
        }
    }

    private void Report(string pointer, string message, string? hint)
    {
        Failed = true;
        report(new ProblemDetail(pointer, "expression", message) { Hint = hint });
    }

    // Braces inside quotes belong to the expression's own texts.
    private static int FindClose(string text, int from)
    {
        var quote = '\0';
        for (var i = from; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
            {
                if (character == '\\') i++;
                else if (character == quote) quote = '\0';
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '}' && i + 1 < text.Length && text[i + 1] == '}')
            {
                return i;
            }
        }

        return -1;
    }
}
