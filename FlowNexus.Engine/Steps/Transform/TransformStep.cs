using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Transform;

/// <summary>Makes a new value out of what is known so far.</summary>
public sealed class TransformStep : StepType, IStepExpressions
{
    public override string Name => "transform";

    public override string Title => "Transform";

    public override string Summary => "Builds a value from the input and from outputs: renames, computes, filters and maps.";

    public override StepFamily Family => StepFamily.Data;

    public override double DeclaredSeconds => 0.01;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "description": "Exactly one of set, value and items.",
          "oneOf": [{ "required": ["set"] }, { "required": ["value"] }, { "required": ["items"] }],
          "properties": {
            "set": { "type": "object", "title": "Fields", "description": "The output, field by field; texts may hold {{ expressions }}, and a text that is exactly one keeps its type." },
            "value": { "title": "Value", "description": "The output as a whole: any JSON with {{ expressions }}." },
            "items": { "type": "string", "x-editor": "expression", "title": "Items", "description": "An expression that gives an array; the output is {rows, count}." },
            "filter": { "type": "string", "x-editor": "expression", "x-when": { "items": true }, "x-item-of": "items", "title": "Filter", "description": "With items: keeps those for which this is true. 'item' is the current one, 'index' its position from 0. For example item.amount > 100." },
            "map": { "x-when": { "items": true }, "x-item-of": "items", "title": "Map", "description": "With items: what each becomes, any JSON with {{ expressions }} that may use item and index." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => TransformSettings.Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => TransformSettings.Read(step, _ => { })?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var settings = TransformSettings.Read(step, problems.Add)
            ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return settings.Items is null ? new ValueTransform(settings.Output!) : new ItemsTransform(settings.Items, settings.Filter, settings.Map);
    }
}
