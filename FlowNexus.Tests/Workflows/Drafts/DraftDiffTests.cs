using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Tests.Workflows.Drafts;

public sealed class DraftDiffTests
{
    [Fact]
    public void RenamedAddedRemovedAndChanged_AreToldByStep()
    {
        var before = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"delay","config":{"duration":1}},{"name":"b","type":"end"},{"name":"c","type":"end"}]}""");
        var after = before.Rename("a", "z").Set("a", ["config", "duration"], 2).Remove(["b"]).Add("d", "end", "d").SetHead(["priority"], "high");
        var diff = DraftDiff.Of(before.WrittenOut(), after);
        Assert.Equal([("a", ChangeKind.Changed), ("c", ChangeKind.Changed), ("d", ChangeKind.Added), ("b", ChangeKind.Removed)], diff.Steps.Select(step => (step.StepId, step.Kind)));
        Assert.Equal([new FieldChange("name", "\"a\"", "\"z\""), new FieldChange("config › duration", "1", "2")], diff.Steps[0].Fields);
        Assert.Equal("1 step added, 2 changed, 1 removed; priority changed", diff.Summary());
        Assert.True(DraftDiff.Of(before, before.Place("a", new DraftPoint(1, 1))).IsEmpty);
    }

    [Fact]
    public void Replace_FromText_KeepsIdsOfStepsThatStayOrAreRenamedInPlace()
    {
        var before = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"end"},{"name":"b","type":"end"}]}""").Place("b", new DraftPoint(5, 5));
        var after = before.Replace(Documents.Of("""{"name":"w","steps":[{"name":"a","type":"end"},{"name":"new name","type":"end"},{"name":"c","type":"end"}]}""").Definition(), null, Documents.Now);
        Assert.Equal(["a", "b"], after.Steps.Take(2).Select(step => step.Id));
        Assert.Equal(new DraftPoint(5, 5), after.Layout.Positions["b"]);
    }
}
