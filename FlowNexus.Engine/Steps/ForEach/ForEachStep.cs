using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.ForEach;

/// <summary>Does one thing for each of many items.</summary>
/// <param name="catalogue">Where the type of the nested step is found; it is complete only once every type has been made.</param>
public sealed class ForEachStep(Lazy<StepCatalogue> catalogue) : StepType, IStepExpressions
{
    public override string Name => "for_each";

    public override string Title => "For each";

    public override string Summary => "Runs a step or a workflow once for each item of a list, several at a time.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 10;

    public override double DefaultTimeoutSeconds => 7 * 86400;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["items"],
          "oneOf": [{ "required": ["step"] }, { "required": ["workflow"] }],
          "description": "What to do is a nested step or a workflow; in both, item is the current item and index its position from 0.",
          "properties": {
            "items": { "x-editor": "items", "title": "Items", "description": "An expression that gives an array, a list, or {\"from\": 1, \"to\": n}. At most 100,000." },
            "step": { "type": "object", "x-editor": "step", "x-types": ["transform", "validation", "http_request"], "x-item-of": "items", "title": "Step", "description": "A step without a name: its type, settings, timeout and retry_attempts, which count for each item. Types: transform, validation, http_request." },
            "workflow": { "type": "string", "x-editor": "workflow", "title": "Workflow", "description": "Id or name of a workflow that runs once for each item." },
            "version": { "type": "integer", "x-when": { "workflow": true }, "minimum": 1, "title": "Version", "description": "Of the workflow; empty: the active one." },
            "input": { "x-when": { "workflow": true }, "x-item-of": "items", "title": "Input", "description": "input_data of each execution, any JSON with {{ expressions }}. Empty: {\"item\": …, \"index\": …}." },
            "concurrency": { "type": "integer", "minimum": 1, "maximum": 1000, "default": 10, "title": "At the same time" },
            "wait": { "type": "boolean", "x-when": { "workflow": true }, "default": true, "title": "Wait for its end", "description": "Of the workflow. Off: an item ends as soon as its execution is accepted." },
            "enough": { "type": "integer", "minimum": 1, "title": "Enough", "description": "After so many successes the other items are left out or cancelled. Empty: every item counts." },
            "rest": { "type": "string", "x-when": { "workflow": true, "enough": true }, "enum": ["cancel", "run"], "default": "cancel", "title": "The rest", "description": "With enough and a workflow. cancel: executions still under way are cancelled. run: they go on and are ignored. Items that have not begun are left out either way." },
            "on_item_error": { "type": "string", "enum": ["fail", "continue", "collect"], "default": "fail", "title": "When an item fails", "description": "fail: the step fails. continue: its result is null. collect: as continue, and the output lists the errors." },
            "item_retry_attempts": { "type": "integer", "x-when": { "workflow": true }, "minimum": 0, "maximum": 100, "default": 0, "title": "Retries of each workflow execution" }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => ForEachSettings.Read(step, catalogue.Value, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => ForEachSettings.Read(step, catalogue.Value, _ => { })?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var settings = ForEachSettings.Read(step, catalogue.Value, problems.Add);
        return settings ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
    }
}
