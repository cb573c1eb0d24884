using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Conditional;

/// <summary>Chooses the way an execution goes on.</summary>
public sealed class ConditionalStep : StepType, IStepExpressions
{
    public override string Name => "conditional";

    public override string Title => "Condition";

    public override string Summary => "Looks at what is known so far and takes one of several branches.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 0.01;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["conditions"],
          "properties": {
            "conditions": {
              "type": "array", "minItems": 1, "maxItems": 100, "title": "Conditions",
              "description": "Looked at in order; the first that holds leads to its 'then'. If none holds, the first 'else' is taken.",
              "items": {
                "type": "object",
                "required": ["if", "then"],
                "properties": {
                  "if": { "type": "string", "x-editor": "expression", "title": "If", "description": "An expression that is true or false, such as data_size > 100MB." },
                  "then": { "type": "string", "x-editor": "target", "title": "Then", "description": "Name of a step, or a path that steps carry." },
                  "else": { "type": "string", "x-editor": "target", "title": "Else", "description": "Where to go when no condition holds." }
                }
              }
            }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report)
    {
        for (var i = 0; i < step.Conditions.Count; i++)
        {
            if (TryParse(step.Conditions[i].If, out var problem) is null)
                report(new ProblemDetail(Pointer(step, i), "expression", problem!.Message) { Hint = "For example data_size > 100MB, or steps.extract.output.rows == 0." });
        }
    }

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step)
    {
        for (var i = 0; i < step.Conditions.Count; i++)
        {
            if (TryParse(step.Conditions[i].If, out _) is { } expression) yield return new TemplateExpression(Pointer(step, i), expression);
        }
    }

    public override IStepBehaviour Prepare(StepDefinition step) =>
        new ConditionalBehaviour([.. step.Conditions.Select(branch => new PreparedBranch(branch, Expression.Parse(branch.If)))]);

    private static Expression? TryParse(string source, out Problem? problem)
    {
        try
        {
            problem = null;
            return Expression.Parse(source);
        }
        catch (ProblemException failure)
        {
            problem = failure.Problem;
            return null;
        }
    }

    private static string Pointer(StepDefinition step, int index) =>
        $"{(step.Source["conditions"] is null ? "/config" : "")}/conditions/{index}/if";
}
