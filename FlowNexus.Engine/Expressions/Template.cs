using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions.Syntax;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Expressions;

/// <summary>
/// A JSON tree whose strings may hold <c>{{ expression }}</c>, compiled once. A string that is exactly one
/// <c>{{ … }}</c> becomes the expression's value with its type; in a longer string the values are joined as text.
/// Keys of objects are never templates. Immutable and safe on many threads.
/// </summary>
public sealed class Template
{
    private readonly TemplateNode _root;

    private Template(TemplateNode root, IReadOnlyList<TemplateExpression> expressions)
    {
        _root = root;
        Expressions = expressions;
    }

    /// <summary>The expressions inside, in document order.</summary>
    public IReadOnlyList<TemplateExpression> Expressions { get; }

    /// <summary>False when nothing in it changes from one rendering to the next.</summary>
    public bool IsConstant => Expressions.Count == 0;

    /// <exception cref="ProblemException">EXPRESSION_INVALID; the details point into <paramref name="source"/>.</exception>
    public static Template Compile(JsonNode? source)
    {
        var problems = new List<ProblemDetail>();
        var template = TryCompile(source, "", problems.Add);
        return template ?? throw new ProblemException(new Problem(ProblemCodes.ExpressionInvalid, problems[0].Message) { Details = problems });
    }

    /// <summary>Reports every expression that cannot be read; null when there was one.</summary>
    /// <param name="pointer">Where <paramref name="source"/> stands in the document, for the reports.</param>
    public static Template? TryCompile(JsonNode? source, string pointer, Action<ProblemDetail> report)
    {
        var compiler = new TemplateCompiler(report);
        var root = compiler.Compile(source, pointer);
        return compiler.Failed ? null : new Template(root, compiler.Expressions);
    }

    /// <summary>A new tree, or for a scalar a new value, which the caller owns.</summary>
    /// <exception cref="ProblemException">EXPRESSION_UNRESOLVED or EXPRESSION_TYPE.</exception>
    public JsonNode? Render(StepScope scope) => _root.Render(new EvaluationScope(scope));

    internal JsonNode? Render(in EvaluationScope scope) => _root.Render(scope);

    internal static bool IsTemplate(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && ExpressionValue.From(value).Text.Contains("{{", StringComparison.Ordinal);
}

/// <summary>One expression of a template and where it stands, as a JSON pointer.</summary>
public sealed record TemplateExpression(string Pointer, Expression Expression);
