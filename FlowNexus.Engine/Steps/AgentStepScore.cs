using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>Holds an output against the step's <c>validation_threshold</c>.</summary>
internal static class AgentStepScore
{
    private const string Usual = "score";

    /// <summary>Null when there is no threshold or the score reaches it; equal passes.</summary>
    public static Problem? Check(StepDefinition step, JsonNode? output)
    {
        if (step.ValidationThreshold is not { } threshold) return null;
        var path = string.IsNullOrWhiteSpace(step.ScorePath) ? Usual : step.ScorePath;
        if (!JsonNumbers.TryRead(Find(output, path), out var score) || score is < 0 or > 1)
            return Missing(step, path, threshold, Find(output, path), output);
        if (score >= threshold) return null;
        var message = $"Step '{step.Name}' scored {Text(score)}, below its validation_threshold of {Text(threshold)}.";
        return new Problem(ProblemCodes.ScoreBelowThreshold, message)
        {
            Details = [new ProblemDetail("/validation_threshold", "score_below_threshold", message)],
            Facts = new JsonObject { ["score"] = score, ["validation_threshold"] = threshold, ["score_path"] = path },
        };
    }

    private static Problem Missing(StepDefinition step, string path, double threshold, JsonNode? found, JsonNode? output)
    {
        var what = found is null
            ? $"has nothing at '{path}'{(output is JsonObject fields ? $"; it has {string.Join(", ", fields.Select(field => field.Key))}" : "")}"
            : $"has {Short(found.ToJsonString())} at '{path}', which is not a number from 0 to 1";
        var message = $"Step '{step.Name}' has a validation_threshold of {Text(threshold)}, but its output {what}. Choose a skill that gives a score, or set score_path.";
        return new Problem(ProblemCodes.ScoreMissing, message)
        {
            Details = [new ProblemDetail("/score_path", "score_missing", message) { Allowed = output is JsonObject names ? [.. names.Select(field => field.Key)] : null }],
            Facts = new JsonObject { ["validation_threshold"] = threshold, ["score_path"] = path },
        };
    }

    private static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var name in path.Split('.'))
        {
            node = node switch
            {
                JsonObject fields => fields[name],
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return node;
    }

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
