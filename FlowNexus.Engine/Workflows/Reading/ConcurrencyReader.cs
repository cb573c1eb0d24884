using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads <c>configuration.concurrency</c>.</summary>
internal static class ConcurrencyReader
{
    public static Concurrency? Read(FieldReader configuration, ProblemList problems)
    {
        if (configuration.Object("concurrency") is not { } source) return null;
        var fields = new FieldReader(source, configuration.At("concurrency"), problems);
        fields.WarnUnknown(["limit", "key"], "concurrency");
        if (!fields.Has("limit"))
        {
            problems.Error(fields.At("limit"), "required", "'limit' is required.", $"Give how many executions may run at the same time, 1 to {Concurrency.MostPlaces}.");
            return null;
        }

        var limit = fields.Integer("limit", 1, Concurrency.MostPlaces);
        var key = fields.Text("key", Concurrency.LongestKey);
        return limit is null ? null : new Concurrency(limit.Value, key is null ? null : Key(key, fields.At("key"), problems));
    }

    /// <summary>It is evaluated before the first step, so it cannot know what steps give.</summary>
    private static Template? Key(string key, string pointer, ProblemList problems)
    {
        var template = Template.TryCompile(JsonValue.Create(key), pointer, detail => problems.Error(detail.Pointer, detail.Rule, detail.Message, detail.Hint));
        if (template is null) return null;
        if (template.IsConstant)
            problems.Error(pointer, "constant", $"'key' is \"{key}\", which is the same for every execution.", "Write an expression such as \"{{ input.customer }}\", or leave 'key' out to limit the workflow as a whole.");
        foreach (var name in template.Expressions.SelectMany(expression => expression.Expression.StepNames).Distinct())
            problems.Error(pointer, "not_upstream", $"'key' uses the output of step '{name}', but it is evaluated before the first step.", "Use the input or facts about the execution.");
        return template;
    }
}
