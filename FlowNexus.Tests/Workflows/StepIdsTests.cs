using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

public sealed class StepIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkflowDefinition Before = Of("""{"name":"a","type":"agent","description":"one"},{"name":"b","type":"agent","description":"two"}""");

    [Fact]
    public void SameNames_KeepTheirIds_AndNewStepsGetNewOnes()
    {
        var first = StepIds.First(Before, Now);
        var next = StepIds.Next(Before, first, Of("""{"name":"b","type":"delay","duration":1},{"name":"c","type":"agent"},{"name":"a","type":"agent"}"""), null, Now);
        Assert.Equal(first["a"], next["a"]);
        Assert.Equal(first["b"], next["b"]);
        Assert.StartsWith("step_", next["c"]);
        Assert.Equal(3, next.Values.Distinct().Count());
    }

    [Fact]
    public void StepThatOnlyChangedItsName_KeepsItsId()
    {
        var first = StepIds.First(Before, Now);
        var next = StepIds.Next(Before, first, Of("""{"name":"a2","type":"agent","description":"one"},{"name":"b","type":"agent","description":"two"}"""), null, Now);
        Assert.Equal(first["a"], next["a2"]);
    }

    [Fact]
    public void TwoStepsWithTheSameContent_AreNotGuessed()
    {
        var before = Of("""{"name":"a","type":"agent"},{"name":"b","type":"agent"}""");
        var first = StepIds.First(before, Now);
        var next = StepIds.Next(before, first, Of("""{"name":"c","type":"agent"},{"name":"d","type":"agent"}"""), null, Now);
        Assert.DoesNotContain(next["c"], first.Values);
        Assert.DoesNotContain(next["d"], first.Values);
    }

    [Fact]
    public void ExplicitRename_WinsOverContentAndNames()
    {
        var first = StepIds.First(Before, Now);
        var next = StepIds.Next(Before, first, Of("""{"name":"b","type":"agent","description":"one"},{"name":"x","type":"agent"}"""),
            new Dictionary<string, string> { ["a"] = "b", ["b"] = "x" }, Now);
        Assert.Equal(first["a"], next["b"]);
        Assert.Equal(first["b"], next["x"]);
    }

    private static WorkflowDefinition Of(string steps) => Catalogues.Read($$"""{"name":"w","steps":[{{steps}}]}""").Require();
}
