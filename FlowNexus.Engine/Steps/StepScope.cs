using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps;

/// <summary>What a step's expressions can reach.</summary>
public sealed class StepScope
{
    /// <summary>The execution's <c>input_data</c>.</summary>
    public required JsonNode? Input { get; init; }

    /// <summary>Outputs of completed steps by name. Treat as read-only: they are shared.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Outputs { get; init; }

    /// <summary>Why a step failed for good, as an object with <c>code</c> and <c>message</c>; null for one that has not.</summary>
    public Func<string, JsonNode?> ErrorOf { get; init; } = static _ => null;

    /// <summary>Names of the steps this one follows directly; a bare name in an expression looks here first, then in the input.</summary>
    public required IReadOnlyList<string> DirectDependencies { get; init; }

    public required ExecutionFacts Execution { get; init; }

    /// <summary>Bare names that mean something only here; they go before every other.</summary>
    public JsonObject? Locals { get; init; }

    /// <summary>The current item inside a loop.</summary>
    public LoopItem? Item { get; init; }
}

/// <summary>Facts about the execution that expressions and steps may use.</summary>
public sealed record ExecutionFacts(string ExecutionId, string WorkflowId, string WorkflowName, int Version, DateTimeOffset StartedAt)
{
    public JsonObject? Metadata { get; init; }
}

/// <param name="Index">From 0.</param>
public sealed record LoopItem(JsonNode? Value, int Index);
