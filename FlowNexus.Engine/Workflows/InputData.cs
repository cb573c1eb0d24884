using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows;

/// <summary>Checks <c>input_data</c> before an execution is accepted.</summary>
public static class InputData
{
    /// <summary>Compiles the schema anew; keep a <see cref="CompiledInputSchema"/> where executions start often.</summary>
    public static IReadOnlyList<ProblemDetail> Validate(WorkflowDefinition definition, JsonNode? input) =>
        Validate(definition.InputSchema is { } schema ? CompiledInputSchema.Compile(schema) : null, input);

    /// <summary>Details of INVALID_INPUT_DATA; empty when the input is fine. No input is an empty object.</summary>
    public static IReadOnlyList<ProblemDetail> Validate(CompiledInputSchema? schema, JsonNode? input)
    {
        if (input is not null and not JsonObject)
            return [new ProblemDetail("", "type", $"input_data must be an object, not {Reading.FieldReader.Kind(input)}.")];
        var problems = new Reading.ProblemList();
        if (!Reading.SourceRules.Walk(input, "", problems)) return problems.Errors;
        return schema?.Validate(input ?? new JsonObject()) ?? [];
    }
}
