using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>Implemented by step types with expressions in their settings, so that the validator can check which steps they name.</summary>
public interface IStepExpressions
{
    /// <summary>The expressions of one step that can be read, with pointers that start at the step; the others are reported by <see cref="StepType.Validate"/>.</summary>
    IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step);
}
