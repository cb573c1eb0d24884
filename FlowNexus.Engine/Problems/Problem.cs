using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Problems;

/// <summary>One thing that is wrong with what a caller sent.</summary>
/// <param name="Pointer">Where, as a JSON pointer (RFC 6901) into what was sent: <c>/steps/2/timeout</c>. Empty for the whole document.</param>
/// <param name="Rule">A stable, machine-readable word for the rule: <c>unknown_step</c>, <c>cycle</c>, <c>too_large</c>.</param>
/// <param name="Message">What was wrong, for people.</param>
public sealed record ProblemDetail(string Pointer, string Rule, string Message)
{
    /// <summary>What is allowed, when that is a short list.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>What to do next.</summary>
    public string? Hint { get; init; }
}

/// <summary>An error with a stable code, the same behind UI, REST, SDK and MCP.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/> or a step's own code.</param>
/// <param name="Message">What happened, why and what to do, for people.</param>
public sealed record Problem(string Code, string Message)
{
    public IReadOnlyList<ProblemDetail> Details { get; init; } = [];

    /// <summary>Facts that belong to the code, such as <c>execution_id</c> and <c>still_running</c>.</summary>
    public JsonObject? Facts { get; init; }

    /// <summary>Whole seconds after which trying again makes sense; null when it does not.</summary>
    public int? RetryAfter { get; init; }
}
