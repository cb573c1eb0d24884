using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>Checks rows against rules before anything is built on them.</summary>
public sealed class ValidationStep : StepType, IStepExpressions
{
    public override string Name => "validation";

    public override string Title => "Validate data";

    public override string Summary => "Checks the rows of the step before it against rules and reports every row that breaks one.";

    public override StepFamily Family => StepFamily.Data;

    public override double DeclaredSeconds => 2;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["validation_rules"],
          "properties": {
            "validation_rules": {
              "type": "array", "minItems": 1, "maxItems": 100, "title": "Rules",
              "description": "A name, or an object with 'rule' and its options.",
              "items": {
                "anyOf": [
                  { "enum": ["not_empty", "format_check"] },
                  {
                    "type": "object",
                    "required": ["rule"],
                    "properties": {
                      "rule": { "enum": ["not_empty", "format_check", "range", "regex", "unique", "json_schema"], "title": "Rule" },
                      "column": { "type": "string", "x-when": { "rule": ["not_empty", "format_check", "range", "regex", "unique"] }, "title": "Column" },
                      "columns": { "type": "array", "x-when": { "rule": ["not_empty", "format_check", "range", "regex", "unique"] }, "items": { "type": "string" }, "title": "Columns" },
                      "min": { "type": "number", "x-when": { "rule": ["range"] }, "title": "Least", "description": "Of range; included." },
                      "max": { "type": "number", "x-when": { "rule": ["range"] }, "title": "Most", "description": "Of range; included." },
                      "pattern": { "type": "string", "x-editor": "code", "x-when": { "rule": ["regex"] }, "title": "Pattern", "description": "Of regex; without look-around." },
                      "formats": { "type": "object", "x-when": { "rule": ["format_check"] }, "additionalProperties": { "enum": ["uuid", "email", "url", "ip", "date", "date_time", "boolean", "integer", "number"] }, "title": "Formats", "description": "Of format_check, by column; other columns are checked for the format that 90 % of their cells agree on." },
                      "schema": { "type": "object", "x-editor": "json", "x-when": { "rule": ["json_schema"] }, "title": "Schema", "description": "Of json_schema: the JSON Schema of one row." }
                    }
                  }
                ]
              }
            },
            "required": { "type": "boolean", "default": true, "title": "Required", "description": "Whether a broken rule fails the step; otherwise it is a warning." },
            "data": { "title": "Data", "description": "The rows: an array of objects, or a step's output, as {{ steps.extract.output }}. When empty, the step before it." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => ValidationSettings.Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => ValidationSettings.Read(step, _ => { })?.Data?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var settings = ValidationSettings.Read(step, problems.Add)
            ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return new ValidationBehaviour(settings);
    }
}
