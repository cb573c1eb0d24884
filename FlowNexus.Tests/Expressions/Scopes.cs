using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Tests.Expressions;

internal static class Scopes
{
    private static readonly ExecutionFacts Facts = new("exec_1", "workflow_1", "Sales", 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static StepScope Of(string input = "{}", params (string Step, string Output)[] outputs) => new()
    {
        Input = JsonNode.Parse(input),
        Outputs = outputs.ToDictionary(pair => pair.Step, pair => JsonNode.Parse(pair.Output)),
        DirectDependencies = [.. outputs.Select(pair => pair.Step)],
        Execution = Facts,
    };
}
