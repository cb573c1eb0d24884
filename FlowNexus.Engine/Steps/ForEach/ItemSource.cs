using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.ForEach;

/// <summary>What a loop goes over: an array, or whole numbers from one to another.</summary>
internal sealed class ItemSource(Expression? array, Template? template)
{
    /// <summary>Null when it cannot be read; that has been reported.</summary>
    public static ItemSource? Read(StepSettings settings)
    {
        switch (settings.Node("items"))
        {
            case null:
                settings.Report("items", "required", "A for_each step needs 'items'.", "An expression such as \"input.customers\", a list, or {\"from\": 1, \"to\": 10}.");
                return null;
            case JsonArray:
                return settings.Template("items") is { } list ? new ItemSource(null, list) : null;
            case JsonObject range:
                if (range["from"] is not null && range["to"] is not null && range.Count == 2) return settings.Template("items") is { } ends ? new ItemSource(null, ends) : null;
                settings.Report("items", "not_allowed", "A range has exactly 'from' and 'to'.", "For example {\"from\": 1, \"to\": \"{{ input.n }}\"}.");
                return null;
            default:
                return settings.Expression("items") is { } expression ? new ItemSource(expression, null) : null;
        }
    }

    public JsonArray Read(StepScope scope)
    {
        var value = array is not null ? array.Evaluate(scope) : template!.Render(scope);
        var items = value switch
        {
            JsonArray list => list,
            JsonObject range when template is not null => Range(range),
            _ => throw new ProblemException(ProblemCodes.ExpressionType, $"'items' must give an array; it is {value?.ToJsonString() ?? "null"}."),
        };
        if (items.Count > ForEachSettings.MostItems) throw TooMany(items.Count);
        return items;
    }

    private static JsonArray Range(JsonObject range)
    {
        var (from, to) = (Whole(range, "from"), Whole(range, "to"));
        if (to - from >= ForEachSettings.MostItems) throw TooMany(to - from + 1);
        var items = new JsonArray();
        for (var number = from; number <= to; number++) items.Add(number);
        return items;
    }

    private static long Whole(JsonObject range, string end)
    {
        if (JsonNumbers.TryRead(range[end], out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e15) return (long)number;
        throw new ProblemException(ProblemCodes.ExpressionType, $"'{end}' of items must be a whole number; it is {range[end]?.ToJsonString() ?? "null"}.");
    }

    private static ProblemException TooMany(double count) =>
        new(ProblemCodes.StepFailed, $"'items' gives {count:N0} items; at most {ForEachSettings.MostItems:N0} are allowed. Split them over several executions.");
}
