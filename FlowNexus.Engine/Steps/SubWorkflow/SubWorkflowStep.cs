using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.SubWorkflow;

/// <summary>Runs another workflow as a step of this one.</summary>
public sealed class SubWorkflowStep : StepType, IStepExpressions
{
    public override string Name => "sub_workflow";

    public override string Title => "Sub-workflow";

    public override string Summary => "Runs another workflow and goes on with its output; waiting for it costs nothing.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 10;

    public override double DefaultTimeoutSeconds => 7 * 86400;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["workflow"],
          "properties": {
            "workflow": { "type": "string", "x-editor": "workflow", "title": "Workflow", "description": "Id of the workflow to run, or its name when only one has it." },
            "version": { "type": "integer", "minimum": 1, "title": "Version", "description": "A version to stay with. Empty: the active one when the step starts." },
            "input": { "title": "Input", "description": "The other workflow's input_data: any JSON with {{ expressions }}. Empty: an empty object." },
            "wait": { "type": "boolean", "default": true, "title": "Wait for its end", "description": "Off: the step ends as soon as the other execution is accepted; its output is {execution_id, workflow_id}." },
            "until": { "type": "string", "x-editor": "expression", "x-preview": false, "title": "Until", "description": "Runs the workflow again and again until this holds; child.output is what it gave last, iteration its number from 1. Both may be used in input too. The output is {output, iterations}." },
            "max_iterations": { "type": "integer", "x-when": { "until": true }, "minimum": 1, "maximum": 10000, "default": 100, "title": "Most iterations", "description": "With until: the step fails when it still does not hold after so many." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => SubWorkflowSettings.Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => SubWorkflowSettings.Read(step, _ => { })?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step) =>
        SubWorkflowSettings.Require(step) is { Until: { } until } settings ? new RepeatedWorkflow(settings, until, step with { RetryAttempts = 0, TimeoutSeconds = null }) : SubWorkflowSettings.Require(step);
}
