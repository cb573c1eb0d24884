using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.End;

/// <summary>Ends the execution as completed, whatever is left of it.</summary>
public sealed class EndStep : StepType, IStepExpressions
{
    public override string Name => "end";

    public override string Title => "End";

    public override string Summary => "Completes the execution: what still runs or waits is cancelled, what has not begun is skipped.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 0.01;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "properties": {
            "output": { "title": "Output", "description": "What the execution gives: any JSON with {{ expressions }}. Empty: nothing." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => Read(step, _ => { }).Expressions;

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var (output, _) = Read(step, problems.Add);
        if (problems.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return new EndBehaviour(output);
    }

    private static (Template? Output, IReadOnlyList<TemplateExpression> Expressions) Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var output = settings.Has("output") ? settings.Template("output") : null;
        return (output, settings.Expressions);
    }
}
