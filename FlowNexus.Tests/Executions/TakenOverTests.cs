using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions;

public sealed class TakenOverTests
{
    [Theory]
    [InlineData("a:completed b:failed c:skipped", "a")]
    [InlineData("a:completed b:completed c:cancelled", "a b")]
    [InlineData("a:failed b:completed c:cancelled", "")]
    [InlineData("a:skipped b:completed c:failed", "b")]
    public void Retry_TakesOverWhatIsSettledFromItsBeginning(string before, string expected)
    {
        var steps = before.Split(' ').Select(word => word.Split(':')).ToList();
        var definition = new WorkflowDefinition
        {
            Name = "w",
            Source = [],
            Steps = [.. steps.Select((step, i) => new StepDefinition { Name = step[0], Type = "any", DependsOn = i == 0 ? [] : [steps[i - 1][0]], Source = new JsonObject() })],
        };
        var rows = steps.Select((step, i) => new StepRow { ExecutionId = "e", Ordinal = i, StepId = step[0], Name = step[0], Status = step[1], Wait = "none" }).ToDictionary(row => row.Ordinal);
        Assert.Equal(expected, string.Join(' ', TakenOver.From(WorkflowGraph.Of(definition), rows).Select(row => row.Name)));
    }
}
