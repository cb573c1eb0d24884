using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Expressions.Preview;

/// <summary>What an expression gives on past data: a value or a problem.</summary>
public sealed record ExpressionPreview
{
    public JsonNode? Value { get; init; }

    /// <summary>text, number, boolean, list, object or null.</summary>
    public string Kind { get; init; } = "null";

    /// <summary>The value was larger than a preview may be and lost its end.</summary>
    public bool Cut { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>The execution whose data was used; null when there was none.</summary>
    public string? ExecutionId { get; init; }
}
