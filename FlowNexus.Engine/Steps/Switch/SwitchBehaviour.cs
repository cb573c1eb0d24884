using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Expressions.Syntax;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Switch;

internal sealed record PreparedCase(CaseDefinition Case, Expression? Condition, Template? Expected);

/// <summary>Output: the <c>value</c>, the numbers of the cases that <c>matched</c> from 0, and the targets <c>taken</c>.</summary>
internal sealed class SwitchBehaviour(Expression? value, IReadOnlyList<PreparedCase> cases, IReadOnlyList<string> otherwise, bool takesAll) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope)
    {
        var all = new EvaluationScope(scope);
        var given = value?.Evaluate(all) ?? ExpressionValue.Null;
        List<string> taken = [];
        var matched = new JsonArray();
        for (var i = 0; i < cases.Count; i++)
        {
            if (!Matches(cases[i], given, all)) continue;
            matched.Add(i);
            taken.AddRange(cases[i].Case.Then.Except(taken));
            if (!takesAll) break;
        }

        if (matched.Count == 0) taken.AddRange(otherwise);
        return new StepResult
        {
            Output = new JsonObject { ["value"] = given.ToNode(), ["matched"] = matched, ["taken"] = new JsonArray([.. taken.Select(target => JsonValue.Create(target))]) },
            Branch = BranchTargets.Join(taken),
        };
    }

    private static bool Matches(PreparedCase one, in ExpressionValue given, in EvaluationScope scope)
    {
        if (one.Condition is { } condition) return condition.EvaluateBoolean(scope);
        var expected = ExpressionValue.From(one.Expected!.Render(scope));
        if (one.Case.Match == CaseMatch.In) return MembershipNode.Contains(given, expected);
        if (given.Kind == expected.Kind) return given.SameAs(expected);
        if (given.Kind == ValueKind.Null || expected.Kind == ValueKind.Null) return false;
        throw ExpressionProblems.Type(
            $"The value of the switch is {ExpressionValue.Describe(given.Kind)}, a case compares it with {ExpressionValue.Describe(expected.Kind)}.",
            "Convert the value with number(x) or text(x).");
    }
}
