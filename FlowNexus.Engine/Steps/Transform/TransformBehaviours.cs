using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.Transform;

/// <summary>The output is a rendered template.</summary>
internal sealed class ValueTransform(Template output) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope) => StepResult.Completed(output.Render(scope));
}

/// <summary>The output is <c>{rows, count}</c>: the items that pass the filter, each as the map makes it.</summary>
internal sealed class ItemsTransform(Expression items, Expression? filter, Template? map) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope)
    {
        var all = new EvaluationScope(scope);
        var source = items.Evaluate(all);
        if (source.Kind != ValueKind.Array)
            throw new ProblemException(ProblemCodes.ExpressionType, $"'items' must give an array; {items.Source} is {ExpressionValue.Describe(source.Kind)}.");

        var rows = new JsonArray();
        var index = 0;
        foreach (var item in source.Array)
        {
            var current = all.With(item, index++);
            if (filter is not null && !filter.EvaluateBoolean(current)) continue;
            rows.Add(map is null ? item?.DeepClone() : map.Render(current));
        }

        return new StepResult { Output = new JsonObject { ["rows"] = rows, ["count"] = rows.Count }, RecordsProcessed = index };
    }
}
