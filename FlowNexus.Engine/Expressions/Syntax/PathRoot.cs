namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Where a path starts.</summary>
internal abstract class PathRoot
{
    public static readonly IReadOnlyList<string> Words = ["steps", "input", "execution", "item", "index", "secrets"];

    public abstract string Print();

    public abstract bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing);
}

/// <summary><c>input</c>: the execution's <c>input_data</c>.</summary>
internal sealed class InputRoot : PathRoot
{
    public override string Print() => "input";

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        value = ExpressionValue.From(scope.Step.Input);
        missing = default;
        return true;
    }
}

/// <summary><c>steps.NAME.output</c>: what a completed step gave.</summary>
internal sealed class StepRoot(string stepName) : PathRoot
{
    private readonly PathSegment _name = new(stepName, null);

    public string StepName { get; } = stepName;

    public override string Print() => $"steps{_name.Print()}.output";

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        value = default;
        missing = default;
        if (scope.Step.Outputs.TryGetValue(StepName, out var output))
        {
            value = ExpressionValue.From(output);
            return true;
        }

        missing = new MissingSegment($"no completed step '{StepName}' has an output here", [.. scope.Step.Outputs.Keys.Order(StringComparer.Ordinal).Take(50).Select(name => "steps" + new PathSegment(name, null).Print())]);
        return false;
    }
}

/// <summary><c>steps.NAME.error</c>: why a step failed, with <c>code</c> and <c>message</c>.</summary>
internal sealed class ErrorRoot(string stepName) : PathRoot
{
    private readonly PathSegment _name = new(stepName, null);

    public string StepName { get; } = stepName;

    public override string Print() => $"steps{_name.Print()}.error";

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        var error = scope.Step.ErrorOf(StepName);
        value = error is null ? default : ExpressionValue.From(error);
        missing = error is null ? new MissingSegment($"step '{StepName}' has not failed", []) : default;
        return error is not null;
    }
}

/// <summary><c>item</c> and <c>index</c> inside a filter or map.</summary>
internal sealed class ItemRoot(bool index) : PathRoot
{
    public override string Print() => index ? "index" : "item";

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        value = index ? ExpressionValue.From(scope.Index) : scope.Item;
        missing = scope.HasItem ? default : new MissingSegment($"'{Print()}' exists only inside a filter, a map or a for_each", []);
        return scope.HasItem;
    }
}
