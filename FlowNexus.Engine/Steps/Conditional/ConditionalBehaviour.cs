using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Conditional;

internal sealed record PreparedBranch(BranchDefinition Branch, Expression Condition);

/// <summary>
/// Conditions in order, the first that holds leads to its <c>then</c>; if none holds, the first <c>else</c> is taken.
/// Output: <c>taken</c> (null when nothing led anywhere), the <c>condition</c> that decided, and the <c>values</c> it looked at.
/// </summary>
internal sealed class ConditionalBehaviour(PreparedBranch[] branches) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope)
    {
        var values = new JsonObject();
        foreach (var (branch, condition) in branches)
        {
            var result = condition.EvaluateBoolean(scope);
            foreach (var (name, value) in result.Values) values[name] = value?.DeepClone();
            if (result.Holds) return Taken(branch.Then, branch.If, values);
        }

        var otherwise = branches.FirstOrDefault(branch => branch.Branch.Else is not null)?.Branch;
        return Taken(otherwise?.Else, otherwise?.If, values);
    }

    private static StepResult Taken(string? target, string? condition, JsonObject values) => new()
    {
        Output = new JsonObject { ["taken"] = target, ["condition"] = condition, ["values"] = values },
        Branch = target,
    };
}
