using System.Text.Json.Nodes;
using CsCheck;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Tests.Workflows.Drafts;

public sealed class DraftMergeTests
{
    private static readonly DraftDocument Origin = Documents.Of("""
        {"name":"w","steps":[{"name":"a","type":"delay","duration":1},{"name":"b","type":"transform","depends_on":["a"],"value":1},{"name":"c","type":"transform","depends_on":["b"],"value":2}]}
        """);

    [Fact]
    public void ChangesToDifferentSteps_AreBothKept()
    {
        var merged = DraftMerge.Merge(Origin, Origin.Set("a", ["duration"], 5), Origin.Set("b", ["value"], 7).Add("d", "end", "d"));
        Assert.Empty(merged.Conflicts);
        Assert.Contains("\"duration\":5", merged.Document.Json("a"), StringComparison.Ordinal);
        Assert.Contains("\"value\":7", merged.Document.Json("b"), StringComparison.Ordinal);
        Assert.NotNull(merged.Document.TryGet("d"));
    }

    [Fact]
    public void ChangesToDifferentFieldsOfAStep_AreBothKept()
    {
        var merged = DraftMerge.Merge(Origin, Origin.Set("a", ["duration"], 5), Origin.Set("a", ["description"], "wait"));
        Assert.Empty(merged.Conflicts);
        Assert.Equal("""{"name":"a","type":"delay","duration":5,"description":"wait"}""", merged.Document.Json("a"));
    }

    [Fact]
    public void SameFieldChangedByBoth_TheirsStandsAndMineIsTold()
    {
        var merged = DraftMerge.Merge(Origin, Origin.Set("a", ["duration"], 5), Origin.Set("a", ["duration"], 9));
        Assert.Contains("\"duration\":9", merged.Document.Json("a"), StringComparison.Ordinal);
        var conflict = Assert.Single(merged.Conflicts);
        Assert.Equal(("a", "a › duration", "5", "9"), (conflict.StepId, conflict.Where, conflict.Mine, conflict.Theirs));
    }

    [Fact]
    public void StepRemovedByOneAndChangedByTheOther_Stays()
    {
        var merged = DraftMerge.Merge(Origin, Origin.Remove(["c"]), Origin.Set("c", ["value"], 3));
        Assert.Contains("\"value\":3", merged.Document.Json("c"), StringComparison.Ordinal);
        Assert.Null(DraftMerge.Merge(Origin, Origin.Remove(["c"]), Origin.Set("a", ["duration"], 2)).Document.TryGet("c"));
    }

    [Fact]
    public void EdgesDrawnByBothIntoOneStep_AreBothThere()
    {
        var wide = Origin.Add("x", "end", "x").Add("y", "end", "y");
        var merged = DraftMerge.Merge(wide, wide.Connect("x", null, "c"), wide.Connect("y", null, "c"));
        Assert.Empty(merged.Conflicts);
        Assert.Contains("""depends_on":["b","y","x"]""", merged.Document.Json("c"), StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_AfterSomebodyElsesEdit_TakesOnlyMineBack()
    {
        var mine = Origin.Set("a", ["duration"], 5);
        var together = DraftMerge.Merge(Origin, mine, Origin.Set("b", ["value"], 7)).Document;
        var undone = DraftMerge.Merge(mine, Origin, together).Document;
        Assert.Contains("\"duration\":1", undone.Json("a"), StringComparison.Ordinal);
        Assert.Contains("\"value\":7", undone.Json("b"), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomEdits_AllUndone_GiveTheStartByteForByte() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 1000]).Array[1, 200].Sample(edits =>
        {
            var documents = new List<DraftDocument> { Origin };
            foreach (var (kind, one, other, value) in edits) documents.Add(Edit(documents[^1], kind, one, other, value));
            var now = documents[^1];
            for (var i = documents.Count - 1; i > 0; i--) now = DraftMerge.Merge(documents[i], documents[i - 1], now).Document;
            return now.Json() == Origin.Json() && now.Equals(Origin);
        }, iter: 200);

    [Fact]
    public void RandomEditsOfTwo_NeitherLosesAStepTheOtherAdded() =>
        Gen.Select(Gen.Select(Gen.Int[0, 8], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 1000]).Array[0, 20], Gen.Select(Gen.Int[0, 8], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[2000, 3000]).Array[0, 20]).Sample((left, right) =>
        {
            var mine = left.Aggregate(Origin, (document, edit) => Edit(document, edit.Item1, edit.Item2, edit.Item3, edit.Item4));
            var theirs = right.Aggregate(Origin, (document, edit) => Edit(document, edit.Item1, edit.Item2, edit.Item3, edit.Item4));
            var merged = DraftMerge.Merge(Origin, mine, theirs).Document;
            var known = Origin.Steps.Select(step => step.Id).ToHashSet();
            return mine.Steps.Concat(theirs.Steps).Where(step => !known.Contains(step.Id)).All(step => merged.TryGet(step.Id) is not null)
                && merged.Steps.Select(step => step.Id).Distinct().Count() == merged.Steps.Count;
        }, iter: 200);

    private static DraftDocument Edit(DraftDocument document, int kind, int one, int other, int value)
    {
        if (document.Steps.Count == 0) return document.Add($"id{value}", "delay", "again");
        var (from, to) = (document.Steps[one % document.Steps.Count].Id, document.Steps[other % document.Steps.Count].Id);
        return kind switch
        {
            0 => document.TryGet($"id{value}") is null ? document.Add($"id{value}", "transform", "step", new DraftPoint(one, other)) : document,
            1 => document.Remove([from]),
            2 => document.Rename(from, $"name {value}"),
            3 => document.Connect(from, null, to),
            4 => document.Disconnect(from, null, to),
            5 => document.Set(from, ["config", "deep", "value"], value),
            6 => document.Place(from, new DraftPoint(value, one)),
            7 => document.SetHead(["metadata", "team"], JsonValue.Create($"t{value}")),
            _ => document.Connect(from, BranchPorts.Error, to),
        };
    }
}
