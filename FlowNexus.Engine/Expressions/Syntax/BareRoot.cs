using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>
/// A bare name: a field of a direct dependency's output, else of the input. Two dependencies that both have it are
/// an error, because which one was meant would depend on the order somebody drew them in.
/// </summary>
internal sealed class BareRoot(string name) : PathRoot
{
    public override string Print() => name;

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        value = default;
        missing = default;
        if (scope.Step.Locals is { } locals && locals.TryGetPropertyValue(name, out var local))
        {
            value = ExpressionValue.From(local);
            return true;
        }

        string? found = null;
        foreach (var dependency in scope.Step.DirectDependencies)
        {
            if (!scope.Step.Outputs.TryGetValue(dependency, out var output) || output is not JsonObject fields) continue;
            if (!fields.TryGetPropertyValue(name, out var node)) continue;
            if (found is not null) throw Ambiguous(found, dependency);
            found = dependency;
            value = ExpressionValue.From(node);
        }

        if (found is not null) return true;
        if (scope.Step.Input is JsonObject input && input.TryGetPropertyValue(name, out var given))
        {
            value = ExpressionValue.From(given);
            return true;
        }

        missing = new MissingSegment("neither a direct dependency's output nor the input has it", InReach(scope));
        return false;
    }

    private Problems.ProblemException Ambiguous(string first, string second)
    {
        var choices = new[] { first, second }.Select(step => new StepRoot(step).Print() + "." + name).ToArray();
        return ExpressionProblems.Unresolved($"'{name}' is in the outputs of two direct dependencies, '{first}' and '{second}'.", choices, $"Write {choices[0]} or {choices[1]}.");
    }

    private static List<string> InReach(in EvaluationScope scope)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var dependency in scope.Step.DirectDependencies)
        {
            if (scope.Step.Outputs.TryGetValue(dependency, out var output) && output is JsonObject fields) names.UnionWith(fields.Select(field => field.Key));
        }

        if (scope.Step.Input is JsonObject input) names.UnionWith(input.Select(field => field.Key));
        List<string> reach = [.. names.Take(50)];
        reach.AddRange(scope.Step.Outputs.Keys.Order(StringComparer.Ordinal).Take(50).Select(step => new StepRoot(step).Print()));
        reach.Add("input");
        return reach;
    }
}
