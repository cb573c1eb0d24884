using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Executions.Pins;

namespace FlowNexus.Engine.Executions;

/// <summary>A version for one execution whose steps give pinned outputs.</summary>
public sealed partial class PreparedWorkflow
{
    /// <param name="pins">As stored with the execution; null gives the version itself.</param>
    public PreparedWorkflow With(string? pins)
    {
        if (PinnedOutputs.Read(pins) is not { } outputs) return this;
        var behaviours = Behaviours.ToArray();
        var steps = Plan.Steps.ToArray();
        foreach (var (name, output) in outputs)
        {
            if (Ordinal(name) is not { } ordinal) continue;
            behaviours[ordinal] = new PinnedBehaviour(output);
            steps[ordinal] = new StepPlan(StepKind.Pure, 0, steps[ordinal].Timeout, 0.01) { EndsExecution = steps[ordinal].EndsExecution, Section = steps[ordinal].Section, Join = steps[ordinal].Join };
        }

        return new PreparedWorkflow(WorkflowId, Version, Definition, StepIds, Plan.With(steps), behaviours) { InputSchema = InputSchema };
    }
}
