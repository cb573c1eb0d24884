using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Expressions;

/// <summary>The three ways an expression fails.</summary>
internal static class ExpressionProblems
{
    public static ProblemException Invalid(string source, int position, string message) =>
        Make(ProblemCodes.ExpressionInvalid, $"The expression cannot be read at position {position}: {message}", source, position);

    public static ProblemException Type(string message, string? hint = null) =>
        Make(ProblemCodes.ExpressionType, message, null, null, "type", hint);

    public static ProblemException Unresolved(string message, IReadOnlyList<string> inReach, string? hint = null) =>
        Make(ProblemCodes.ExpressionUnresolved, message, null, null, "unresolved", hint, inReach);

    /// <summary>Adds the expression's text to a failure that came from inside it.</summary>
    public static ProblemException In(string source, ProblemException failure)
    {
        var problem = failure.Problem;
        if (problem.Facts?.ContainsKey("expression") == true) return failure;
        var facts = (JsonObject?)problem.Facts?.DeepClone() ?? [];
        facts["expression"] = source;
        return new ProblemException(problem with { Facts = facts, Message = $"{problem.Message} In: {Shorten(source)}" }, failure);
    }

    private static ProblemException Make(
        string code, string message, string? source, int? position,
        string rule = "syntax", string? hint = null, IReadOnlyList<string>? allowed = null)
    {
        JsonObject? facts = null;
        if (source is not null) facts = new JsonObject { ["expression"] = source, ["position"] = position };
        if (allowed is not null) facts = new JsonObject { ["in_reach"] = new JsonArray([.. allowed.Select(name => JsonValue.Create(name))]) };
        return new ProblemException(new Problem(code, message)
        {
            Facts = facts,
            Details = [new ProblemDetail("", rule, message) { Allowed = allowed, Hint = hint }],
        });
    }

    private static string Shorten(string source) => source.Length <= 200 ? source : source[..200] + "…";
}
