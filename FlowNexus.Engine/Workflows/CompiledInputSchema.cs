using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowNexus.Engine.Problems;
using Json.Schema;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// A JSON Schema 2020-12, compiled once. It has a registry of its own and never reaches the network: a reference
/// to another document is an error.
/// </summary>
public sealed class CompiledInputSchema
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = false };

    private readonly JsonSchema _schema;
    private readonly JsonElement _source;

    private CompiledInputSchema(JsonSchema schema, JsonElement source)
    {
        _schema = schema;
        _source = source;
    }

    /// <exception cref="ProblemException">INVALID_DEFINITION.</exception>
    public static CompiledInputSchema Compile(JsonObject schema)
    {
        var problems = new List<ProblemDetail>();
        return TryCompile(schema, "", problems.Add)
            ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
    }

    /// <summary>Reports what is wrong with the schema itself; null when something is.</summary>
    public static CompiledInputSchema? TryCompile(JsonObject schema, string pointer, Action<ProblemDetail> report)
    {
        var source = JsonSerializer.SerializeToElement(schema);
        var check = MetaSchemas.Draft202012.Evaluate(source, Options);
        if (!check.IsValid)
        {
            foreach (var detail in SchemaReport.Details(check, null)) report(detail with { Pointer = pointer + detail.Pointer, Rule = "json_schema" });
            return null;
        }

        if (SchemaReferences.FindUnresolved(schema) is { } reference)
        {
            report(new ProblemDetail(pointer + reference.Pointer, "json_schema", $"The reference '{reference.Target}' leads nowhere.")
            {
                Hint = "Only references inside the schema work, such as #/$defs/name; other documents are never fetched.",
            });
            return null;
        }

        try
        {
            var options = new BuildOptions { SchemaRegistry = new SchemaRegistry { Fetch = (_, _) => null } };
            return new CompiledInputSchema(JsonSchema.Build(source, options), source);
        }
        catch (Exception failure) when (failure is JsonSchemaException or RefResolutionException or RegexParseException or ArgumentException or InvalidOperationException)
        {
            report(Unusable(pointer, failure));
            return null;
        }
    }

    /// <summary>Everything in a value that does not fit; empty when it does. Pointers start at the value.</summary>
    public IReadOnlyList<ProblemDetail> Validate(JsonNode? value)
    {
        try
        {
            var results = _schema.Evaluate(JsonSerializer.SerializeToElement(value), Options);
            return results.IsValid ? [] : SchemaReport.Details(results, _source);
        }
        catch (Exception failure) when (failure is JsonSchemaException or RefResolutionException or RegexMatchTimeoutException)
        {
            return [Unusable("", failure)];
        }
    }

    private static ProblemDetail Unusable(string pointer, Exception failure) => new(pointer, "json_schema", $"The schema cannot be used: {failure.Message}");
}
