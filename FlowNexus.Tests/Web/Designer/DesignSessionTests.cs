using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Tests.Kit;
using FlowNexus.Web.Features.Designer.Editing;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Web.Designer;

public sealed class DesignSessionTests
{
    private const string Definition = """{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","value":2}]}""";

    [Fact]
    public async Task Edit_AfterAMoment_IsStoredWithoutBeingAsked()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync(Definition);
        using var session = await OpenAsync(engine, id);
        session.Apply("change a", document => document.Set(document.Steps[0].Id, ["value"], 10));
        Assert.Equal(SaveState.Pending, session.State);
        await engine.EventuallyAsync(context => context.Drafts.FirstOrDefaultAsync(draft => draft.WorkflowId == id));
        using var reopened = await OpenAsync(engine, id);
        Assert.Equal(10, (int)reopened.Document.Steps[0].Source["value"]!);
    }

    [Fact]
    public async Task TwoEditors_SeeEachOthersEdits_AndUndoOnlyTheirOwn()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync(Definition);
        using var mine = await OpenAsync(engine, id);
        using var theirs = await OpenAsync(engine, id);
        mine.Apply("change a", document => document.Set(document.Steps[0].Id, ["value"], 10));
        theirs.Apply("change b", document => document.Set(document.Steps[1].Id, ["value"], 20));
        await UntilAsync(() => Values(mine) is (10, 20) && Values(theirs) is (10, 20));
        mine.Undo();
        await UntilAsync(() => Values(mine) is (1, 20) && Values(theirs) is (1, 20));
        Assert.Empty(mine.Conflicts);
    }

    [Fact]
    public async Task SameFieldChangedByTwo_TheLaterIsToldAndCanInsist()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync(Definition);
        using var mine = await OpenAsync(engine, id);
        using var theirs = await OpenAsync(engine, id);
        theirs.Apply("change a", document => document.Set(document.Steps[0].Id, ["value"], 20));
        mine.Apply("change a", document => document.Set(document.Steps[0].Id, ["value"], 10));
        await UntilAsync(() => mine.Conflicts.Count + theirs.Conflicts.Count == 1 && mine.State == SaveState.Saved && theirs.State == SaveState.Saved);
        var (loser, value) = mine.Conflicts.Count == 1 ? (mine, 10) : (theirs, 20);
        loser.Settle(loser.Conflicts[0], useMine: true);
        await UntilAsync(() => Values(mine).A == value && Values(theirs).A == value);
    }

    [Fact]
    public async Task Typing_IsOneStepOfUndo_AndRedoBringsItBack()
    {
        await using var engine = await EngineHost.StartAsync();
        using var session = await OpenAsync(engine, await engine.SaveAsync(Definition));
        foreach (var text in new[] { "h", "he", "hel", "hello" }) session.Apply("type", document => document.SetHead(["description"], text), "description");
        session.Apply("rename a", document => document.Rename(document.Steps[0].Id, "first"));
        session.Undo();
        session.Undo();
        Assert.False(session.DiffersFromSaved);
        session.Redo();
        Assert.Equal("hello", (string)session.Document.Head["description"]!);
        session.Redo();
        Assert.Equal(("first", null), (session.Document.Steps[0].Name, session.RedoLabel));
    }

    [Fact]
    public async Task Publish_MakesAVersionOfTheDraft_AndLeavesItClean()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.SaveAsync(Definition);
        using var session = await OpenAsync(engine, id);
        session.Apply("change a", document => document.Set(document.Steps[0].Id, ["value"], 10));
        await session.PublishAsync(activate: true, "better");
        Assert.Equal((2, false, 2), (session.BaseVersion, session.DiffersFromSaved, session.Workflow!.ActiveVersion!.Value));
        using var other = await OpenAsync(engine, id);
        Assert.Equal((2, false), (other.BaseVersion, other.DiffersFromSaved));
    }

    private static (int A, int B) Values(DesignSession session) => ((int)session.Document.Steps[0].Source["value"]!, (int)session.Document.Steps[1].Source["value"]!);

    // A circuit runs one thing at a time; so does this.
    private static Task<DesignSession> OpenAsync(EngineHost engine, string id)
    {
        var turn = new SemaphoreSlim(1);
        return DesignSession.OpenAsync(id, orNew: false, engine.Get<OpenDraft>(), engine.Get<SaveDraft>(), engine.Get<PublishDraft>(), engine.Get<DraftFeed>(), TimeProvider.System, async work =>
        {
            await turn.WaitAsync();
            try
            {
                await work();
            }
            finally
            {
                turn.Release();
            }
        });
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not come to that within half a minute.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
