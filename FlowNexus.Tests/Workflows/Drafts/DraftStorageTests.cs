using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Workflows.Drafts;

public sealed class DraftStorageTests
{
    private static readonly Principal Owner = Principal.LocalOwner;

    [Fact]
    public async Task TwoEditors_SavingAtOnce_GetBothTheirChanges()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","value":2}]}""");
        var opened = await engine.Get<OpenDraft>().RunAsync(Owner, id);
        var save = engine.Get<SaveDraft>();
        var (a, b) = (opened.Document.TryFind("a")!.Id, opened.Document.TryFind("b")!.Id);
        var saves = await Task.WhenAll(
            save.RunAsync(Owner, new DraftChange(id, opened.Document, 0, opened.Document.Set(a, ["value"], 10), 1, "one")),
            save.RunAsync(Owner, new DraftChange(id, opened.Document, 0, opened.Document.Set(b, ["value"], 20), 1, "two")));
        Assert.Equal([1, 2], saves.Select(saved => saved.Revision).Order());
        var stored = (await engine.Get<OpenDraft>().RunAsync(Owner, id)).Document;
        Assert.Equal("""{"name":"w","steps":[{"name":"a","type":"transform","value":10},{"name":"b","type":"transform","value":20}]}""", stored.Json());
    }

    [Fact]
    public async Task Publish_KeepsIdsLayoutAndText_AndExecutionsStayOnTheActiveVersion()
    {
        await using var engine = await EngineHost.StartAsync();
        var open = engine.Get<OpenDraft>();
        var id = open.NewId();
        var blank = await open.RunAsync(Owner, id, orNew: true);
        var drawn = blank.Document.Add("step_one", "transform", "first", new DraftPoint(8, 16)).Set("step_one", ["value"], 1) with { Text = new DraftText("yaml", "# mine\nname: x\n") };
        await engine.Get<PublishDraft>().RunAsync(Owner, id, drawn, 0, activate: true);
        var opened = await open.RunAsync(Owner, id);
        Assert.Equal(drawn, opened.Document);

        var renamed = drawn.Rename("step_one", "second");
        var row = await engine.Get<PublishDraft>().RunAsync(Owner, id, renamed, 1, activate: false);
        Assert.Equal((2, 1), (row.LatestVersion, row.ActiveVersion!.Value));
        Assert.Equal("step_one", (await open.VersionAsync(Owner, id, 2)).Steps.Single().Id);

        // Only a box has moved: no new version.
        var moved = renamed.Place("step_one", new DraftPoint(100, 100));
        Assert.Equal(2, (await engine.Get<PublishDraft>().RunAsync(Owner, id, moved, 2, activate: false)).LatestVersion);
        Assert.Equal(new DraftPoint(100, 100), (await open.VersionAsync(Owner, id, 2)).Layout.Positions["step_one"]);
        var stale = await Assert.ThrowsAsync<ProblemException>(() => engine.Get<PublishDraft>().RunAsync(Owner, id, moved, 1, activate: false));
        Assert.Equal(ProblemCodes.VersionConflict, stale.Problem.Code);
    }

    [Fact]
    public async Task Open_VersionSavedPastTheDraft_MergesBoth()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","value":2}]}""");
        var open = engine.Get<OpenDraft>();
        var opened = await open.RunAsync(Owner, id);
        await engine.Get<SaveDraft>().RunAsync(Owner, new DraftChange(id, opened.Document, 0, opened.Document.Set(opened.Document.Steps[0].Id, ["value"], 10), 1, "me"));
        await engine.Get<SaveWorkflow>().UpdateAsync(Owner, id, Documents.Of("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","value":20}]}""").Definition(), null);
        var merged = await open.RunAsync(Owner, id);
        Assert.Equal(2, merged.BaseVersion);
        Assert.Equal("""{"name":"w","steps":[{"name":"a","type":"transform","value":10},{"name":"b","type":"transform","value":20}]}""", merged.Document.Json());
    }

    [Fact]
    public async Task Discard_LeavesTheWorkflowAsItIsSaved()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync("""{"name":"w","steps":[{"name":"a","type":"transform","value":1}]}""");
        var open = engine.Get<OpenDraft>();
        var opened = await open.RunAsync(Owner, id);
        await engine.Get<SaveDraft>().RunAsync(Owner, new DraftChange(id, opened.Document, 0, opened.Document.Remove([opened.Document.Steps[0].Id]), 1, "me"));
        await engine.Get<SaveDraft>().DiscardAsync(Owner, id, "me");
        Assert.Equal(opened.Document, (await open.RunAsync(Owner, id)).Document);
        await Assert.ThrowsAsync<ProblemException>(() => open.RunAsync(Owner, "workflow_unknown"));
    }
}
