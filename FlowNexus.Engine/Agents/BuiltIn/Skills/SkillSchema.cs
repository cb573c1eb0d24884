using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Settings schemas of the built-in skills, written as the properties they allow.</summary>
internal static class SkillSchema
{
    private const string InputProperty = """{ "title": "Input", "description": "A step's name, or a template that leads to a table. Default: the step before.", "type": ["string", "object", "array"] }""";

    /// <param name="properties">The body of <c>properties</c> as JSON, without braces.</param>
    public static JsonObject Of([System.Diagnostics.CodeAnalysis.StringSyntax("json")] string properties) =>
        (JsonObject)JsonNode.Parse("{ \"type\": \"object\", \"properties\": {" + properties + "} }")!;

    /// <summary>The same with <c>input</c>, for skills that work on a table.</summary>
    public static JsonObject OfTable(string properties) =>
        Of($"\"input\": {InputProperty}" + (string.IsNullOrWhiteSpace(properties) ? "" : ", " + properties));
}
