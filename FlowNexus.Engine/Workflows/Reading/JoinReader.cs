using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads <c>join</c> and <c>stragglers</c> of a step; whether the step has that many ways in is <see cref="GraphRules"/>' matter.</summary>
internal static class JoinReader
{
    private static readonly string[] Words = ["all", "any", "a whole number from 1", "{\"at_least\": n}"];

    public static JoinDefinition? Read(JsonObject step, FieldReader fields, ProblemList problems)
    {
        var stragglers = fields.Choice("stragglers", ["run", "cancel"]);
        var least = step["join"] is { } join ? AtLeast(join, fields, problems) : null;
        if (least is { } count) return new JoinDefinition(count, stragglers == "cancel");
        if (stragglers is not null)
            problems.Warn(fields.At("stragglers"), "no_effect", "'stragglers' has no effect: the step waits for everything before it.", "Set \"join\" to \"any\" or to a number.");
        return null;
    }

    private static int? AtLeast(JsonNode join, FieldReader fields, ProblemList problems)
    {
        if (join.GetValueKind() == JsonValueKind.String && join.GetValue<string>() is "all" or "any") return join.GetValue<string>() == "any" ? 1 : null;
        if (join is JsonObject source)
        {
            var inner = new FieldReader(source, fields.At("join"), problems);
            inner.WarnUnknown(["at_least"], "A join");
            if (inner.Has("at_least")) return inner.Integer("at_least", 1, StepReader.MostSteps);
        }
        else if (JsonNumbers.TryRead(join, out _))
        {
            return fields.Integer("join", 1, StepReader.MostSteps);
        }

        problems.Error(fields.At("join"), "not_allowed", $"'join' cannot be {join.ToJsonString()}.", "It says how many of the steps before must have completed.", Words);
        return null;
    }
}
