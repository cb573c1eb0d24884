using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions.Syntax;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Expressions;

/// <summary>
/// One expression, parsed once and evaluated as often as needed; immutable and safe on many threads.
/// The language has no clock, no randomness and no loops: the same scope always gives the same value.
/// </summary>
public sealed class Expression
{
    /// <summary>Longest text of one expression, in characters.</summary>
    public const int MaxLength = 4000;

    /// <summary>Deepest nesting of brackets and operators.</summary>
    public const int MaxDepth = 100;

    private readonly ExpressionNode _root;

    private Expression(string source, ExpressionNode root)
    {
        Source = source;
        _root = root;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        root.CollectSteps(names);
        StepNames = [.. names];
    }

    /// <summary>The text as it was given.</summary>
    public string Source { get; }

    /// <summary>Steps it names outright, as in <c>steps.extract.output.rows</c>; sorted, each once.</summary>
    public IReadOnlyList<string> StepNames { get; }

    /// <exception cref="ProblemException">EXPRESSION_INVALID with the position.</exception>
    public static Expression Parse(string source) => new(source, ExpressionGrammar.Parse(source));

    /// <summary>The value as a node of its own, which the caller may attach.</summary>
    /// <exception cref="ProblemException">EXPRESSION_UNRESOLVED or EXPRESSION_TYPE.</exception>
    public JsonNode? Evaluate(StepScope scope) => Evaluate(new EvaluationScope(scope)).ToNode();

    /// <summary>Evaluates a condition and tells the values of the names it looked at.</summary>
    /// <exception cref="ProblemException">EXPRESSION_UNRESOLVED or EXPRESSION_TYPE; also when the result is not a boolean.</exception>
    public ConditionResult EvaluateBoolean(StepScope scope)
    {
        var used = new JsonObject();
        return new ConditionResult(EvaluateBoolean(new EvaluationScope(scope) { Used = used }), used);
    }

    /// <summary>The same expression in canonical spacing, quoting and brackets; parsing it gives the same expression.</summary>
    public string Print() => _root.Print();

    public override string ToString() => Source;

    internal ExpressionValue Evaluate(in EvaluationScope scope)
    {
        try
        {
            return _root.Evaluate(scope);
        }
        catch (ProblemException failure)
        {
            throw ExpressionProblems.In(Source, failure);
        }
    }

    internal bool EvaluateBoolean(in EvaluationScope scope)
    {
        var value = Evaluate(scope);
        if (value.Kind == ValueKind.Boolean) return value.Boolean;
        throw ExpressionProblems.In(Source, ExpressionProblems.Type(
            $"A condition must be true or false; this one gives {ExpressionValue.Describe(value.Kind)}.",
            "Compare it with something: count > 0, name == \"x\", exists(name)."));
    }
}

/// <param name="Holds">Whether the condition was true.</param>
/// <param name="Values">What each name it looked at was worth; arrays and objects by their size.</param>
public sealed record ConditionResult(bool Holds, JsonObject Values);
