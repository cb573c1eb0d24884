using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.SubWorkflow;

/// <summary>Which workflow a step starts and with what.</summary>
internal sealed record SubWorkflowSettings(string Workflow, int? Version, Template? Input, bool Waits, Expression? Until, int MaxIterations, IReadOnlyList<TemplateExpression> Expressions) : IChildBehaviour
{
    public const int MostIterations = 10_000;

    private const int DefaultIterations = 100;

    public ChildCall Call(StepScope scope) => new(Workflow, Version, Input?.Render(scope), Waits);

    /// <summary>Reports everything that is wrong; null when something is.</summary>
    public static SubWorkflowSettings? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var workflow = settings.Text("workflow")?.Trim();
        if (string.IsNullOrEmpty(workflow) && !settings.Failed) settings.Report("workflow", "required", "A sub_workflow step needs 'workflow': the id or the name of a workflow.");
        var version = settings.Number("version", 1, int.MaxValue, whole: true);
        var input = settings.Has("input") ? settings.Template("input") : null;
        var waits = settings.Flag("wait") ?? true;
        var until = settings.Has("until") ? settings.Expression("until") : null;
        var most = settings.Number("max_iterations", 1, MostIterations, whole: true);
        if (until is not null && !waits) settings.Report("until", "not_allowed", "'until' looks at what the execution gave, so 'wait' cannot be false.");
        if (until is null && most is not null) settings.Report("max_iterations", "not_allowed", "'max_iterations' belongs to 'until'.");
        return settings.Failed ? null : new SubWorkflowSettings(workflow!, (int?)version, input, waits, until, (int)(most ?? DefaultIterations), settings.Expressions);
    }

    public static SubWorkflowSettings Require(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        return Read(step, problems.Add) ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
    }
}
