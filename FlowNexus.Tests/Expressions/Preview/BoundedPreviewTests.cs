using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Expressions.Syntax;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Tests.Expressions.Preview;

public sealed class BoundedPreviewTests
{
    [Fact]
    public void LargeValue_IsCutAndSaysSo()
    {
        var (value, cut) = BoundedValue.Of(new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => (JsonNode?)new string('x', i % 900))]));

        Assert.True(cut);
        Assert.True(value!.ToJsonString().Length < 6000);
        Assert.False(BoundedValue.Of(JsonNode.Parse("""{"a":[1,2,{"b":null}]}""")).Cut);
    }

    [Fact]
    public void Reach_OfWideData_KeepsEveryStepAndStaysBounded()
    {
        var wide = new JsonObject(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create($"field_{i}", (JsonNode?)new string('y', 200))));
        string[] steps = [.. Enumerable.Range(0, 12).Select(i => $"step {i}")];
        var scope = new StepScope
        {
            Input = wide,
            Outputs = steps.ToDictionary(step => step, _ => (JsonNode?)wide),
            DirectDependencies = [],
            Execution = new ExecutionFacts("", "", "", 1, DateTimeOffset.UnixEpoch),
        };

        var reach = ReachableData.Of(scope, steps, []);

        Assert.True(reach.Count <= ReachableData.MostEntries);
        Assert.All(steps, step => Assert.Contains(reach, one => one.Path == $"steps[\"{step}\"].output"));
        Assert.True(reach.Sum(one => one.Sample?.Length ?? 0) < 4300);
    }

    [Fact]
    public void FunctionHelp_KnowsEveryFunctionOfTheLanguage() =>
        Assert.Equal(Functions.Names, FunctionHelp.All.Select(help => help.Name));
}
