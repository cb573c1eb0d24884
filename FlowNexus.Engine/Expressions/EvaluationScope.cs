using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Expressions;

/// <summary>What one evaluation reads: the step's scope and, inside a filter or map, the current item.</summary>
internal readonly struct EvaluationScope(StepScope step)
{
    public StepScope Step { get; } = step;

    public bool HasItem { get; private init; } = step.Item is not null;

    public ExpressionValue Item { get; private init; } = step.Item is { } item ? ExpressionValue.From(item.Value) : default;

    public int Index { get; private init; } = step.Item?.Index ?? 0;

    /// <summary>Collects the values of the names that were used, when somebody asked for them.</summary>
    public JsonObject? Used { get; init; }

    public EvaluationScope With(JsonNode? item, int index) =>
        new(Step) { HasItem = true, Item = ExpressionValue.From(item), Index = index, Used = Used };
}
