using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>Where the draft stands.</summary>
public enum SaveState
{
    /// <summary>Nothing differs from the saved version.</summary>
    Clean,

    /// <summary>The draft is stored.</summary>
    Saved,

    /// <summary>Something is not stored yet.</summary>
    Pending,

    /// <summary>Storing failed; it is tried again.</summary>
    Failed,
}

/// <summary>
/// One person drawing one workflow: the document, its history, and its way into the store. Every edit is stored a
/// moment later; what others store is merged in. Used on the circuit's thread only, but for <see cref="Changed"/>'s
/// outside causes, which come through <c>invoke</c>.
/// </summary>
public sealed class DesignSession : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private readonly OpenDraft _open;
    private readonly SaveDraft _save;
    private readonly PublishDraft _publish;
    private readonly TimeProvider _time;
    private readonly Func<Func<Task>, Task> _invoke;
    private readonly EditHistory _history;
    private readonly List<DraftConflict> _conflicts;
    private readonly string _editor;
    private readonly IDisposable _news;
    private readonly ITimer _saving;
    private readonly ITimer _looking;
    private DraftDocument _origin;
    private int _revision;
    private Task _underWay = Task.CompletedTask;
    private bool _disposed;

    private DesignSession(string workflowId, OpenedDraft opened, OpenDraft open, SaveDraft save, PublishDraft publish, DraftFeed feed, TimeProvider time, Func<Func<Task>, Task> invoke)
    {
        WorkflowId = workflowId;
        (_open, _save, _publish, _time, _invoke) = (open, save, publish, time, invoke);
        (Document, _origin, SavedVersion, BaseVersion, _revision, Workflow) = (opened.Document, opened.Document, opened.Saved, opened.BaseVersion, opened.Revision, opened.Workflow);
        _editor = NewId.Event(time.GetUtcNow());
        _conflicts = [.. opened.Conflicts];
        _history = new EditHistory(time);
        _saving = time.CreateTimer(_ => _ = _invoke(SaveNowAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _looking = time.CreateTimer(_ => _ = _invoke(LookAsync), null, Look, Look);
        _news = feed.Subscribe(workflowId, news =>
        {
            if (news.Editor != _editor && news.Revision > 0) _ = _invoke(LookAsync);
        });
    }

    /// <summary>The document or what is known about it has changed.</summary>
    public event EventHandler? Changed;

    public string WorkflowId { get; }

    public DraftDocument Document { get; private set; }

    /// <summary>The latest version; null when nothing is saved yet.</summary>
    public DraftDocument? SavedVersion { get; private set; }

    /// <summary>0 when nothing is saved yet.</summary>
    public int BaseVersion { get; private set; }

    /// <summary>Null when nothing is saved yet.</summary>
    public WorkflowRow? Workflow { get; private set; }

    public SaveState State { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    public string? SaveFailure { get; private set; }

    /// <summary>What of mine met changes of others.</summary>
    public IReadOnlyList<DraftConflict> Conflicts => _conflicts;

    public string? UndoLabel => _history.UndoLabel;

    public string? RedoLabel => _history.RedoLabel;

    /// <summary>Whether the draft differs from the latest version, apart from pinned outputs.</summary>
    public bool DiffersFromSaved => SavedVersion is null || !Document.Equals(SavedVersion with { Pins = Document.Pins });

    /// <param name="invoke">Runs something on the circuit's thread.</param>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, FORBIDDEN.</exception>
    public static async Task<DesignSession> OpenAsync(string workflowId, bool orNew, OpenDraft open, SaveDraft save, PublishDraft publish, DraftFeed feed, TimeProvider time, Func<Func<Task>, Task> invoke)
    {
        var opened = await open.RunAsync(Principal.LocalOwner, workflowId, orNew);
        return new DesignSession(workflowId, opened, open, save, publish, feed, time, invoke) { State = opened.Revision > 0 ? SaveState.Saved : SaveState.Clean };
    }

    /// <summary>Makes an edit that can be taken back.</summary>
    /// <param name="key">Names the field that is typed in, so that typing is one edit.</param>
    /// <returns>False when the edit changed nothing.</returns>
    public bool Apply(string label, Func<DraftDocument, DraftDocument> edit, string? key = null)
    {
        var after = edit(Document);
        if (after.Equals(Document)) return false;
        _history.Add(label, key, Document, after);
        Show(after);
        return true;
    }

    public void Undo()
    {
        if (_history.Undo(Document) is { } document) Show(document);
    }

    public void Redo()
    {
        if (_history.Redo(Document) is { } document) Show(document);
    }

    /// <summary>Pinned outputs by the names that steps have now; null when there are none.</summary>
    public JsonObject? PinnedByName()
    {
        var pinned = Document.Steps.Where(step => Document.Pins.ContainsKey(step.Id)).Select(step => KeyValuePair.Create(step.Name, JsonNode.Parse(Document.Pins[step.Id]))).ToList();
        return pinned.Count == 0 ? null : new JsonObject(pinned);
    }

    /// <summary>Stores what is not stored yet, and tells when that is done.</summary>
    public async Task FlushAsync()
    {
        await _underWay;
        if (State is SaveState.Pending or SaveState.Failed) await SaveNowAsync();
    }

    /// <summary>Makes a version of the document.</summary>
    /// <exception cref="ProblemException">INVALID_DEFINITION, VERSION_CONFLICT.</exception>
    public async Task PublishAsync(bool activate, string? reason)
    {
        await FlushAsync();
        var published = Document;
        Workflow = await _publish.RunAsync(Principal.LocalOwner, WorkflowId, published, BaseVersion, activate, reason);
        (SavedVersion, BaseVersion) = (published, Workflow.LatestVersion);
        State = SaveState.Pending;
        await SaveNowAsync();
    }

    /// <summary>Takes in a version that was saved past the draft.</summary>
    public async Task ReopenAsync()
    {
        await FlushAsync();
        var opened = await _open.RunAsync(Principal.LocalOwner, WorkflowId);
        (SavedVersion, BaseVersion, Workflow) = (opened.Saved, opened.BaseVersion, opened.Workflow);
        _conflicts.AddRange(opened.Conflicts);
        if (!opened.Document.Equals(Document)) Show(opened.Document);
        else Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Goes back to the latest version; can be taken back like any edit.</summary>
    public void Revert()
    {
        if (SavedVersion is { } saved) Apply("go back to the saved version", document => saved with { Pins = document.Pins });
    }

    /// <summary>Puts mine in the place of theirs, or lets theirs stand.</summary>
    public void Settle(DraftConflict conflict, bool useMine)
    {
        _conflicts.Remove(conflict);
        var mine = conflict.Mine is null ? null : JsonNode.Parse(conflict.Mine);
        var changed = useMine && Apply("use mine", document => conflict.StepId is { } id ? document.Set(id, [.. conflict.Path], mine) : document.SetHead([.. conflict.Path], mine));
        if (!changed) Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
        _disposed = true;
        _news.Dispose();
        _saving.Dispose();
        _looking.Dispose();
    }

    private void Show(DraftDocument document)
    {
        Document = document;
        State = SaveState.Pending;
        _saving.Change(Delay, Timeout.InfiniteTimeSpan);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private Task SaveNowAsync() => _underWay = AfterAsync(_underWay);

    private async Task AfterAsync(Task before)
    {
        await before;
        if (_disposed || State is SaveState.Saved or SaveState.Clean) return;
        var sent = Document;
        try
        {
            var saved = await _save.RunAsync(Principal.LocalOwner, new DraftChange(WorkflowId, _origin, _revision, sent, BaseVersion, _editor));
            Take(sent, saved.Document, saved.Revision, saved.Conflicts);
            (SavedAt, SaveFailure) = (_time.GetUtcNow(), null);
        }
        catch (Exception failure) when (((failure as ProblemException)?.Problem ?? StorageFailure.Problem(failure)) is { } problem)
        {
            State = SaveState.Failed;
            SaveFailure = problem.Message;
            if (!_disposed) _saving.Change(RetryDelay, Timeout.InfiniteTimeSpan);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private async Task LookAsync()
    {
        await _underWay;
        if (_disposed || await _open.StoredAsync(Principal.LocalOwner, WorkflowId, _revision) is not { } stored || stored.Revision <= _revision) return;
        var merged = DraftMerge.Merge(_origin, Document, stored.Document);
        Take(Document, merged.Document, stored.Revision, merged.Conflicts, stored.Document);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Takes what is stored, with what was drawn since it was sent.</summary>
    private void Take(DraftDocument sent, DraftDocument merged, int revision, IReadOnlyList<DraftConflict> conflicts, DraftDocument? stored = null)
    {
        _conflicts.AddRange(conflicts);
        (_origin, _revision) = (stored ?? merged, revision);
        Document = ReferenceEquals(sent, Document) ? merged : DraftMerge.Merge(sent, Document, merged).Document;
        State = Document.Equals(_origin) ? SaveState.Saved : SaveState.Pending;
        if (State == SaveState.Pending) _saving.Change(Delay, Timeout.InfiniteTimeSpan);
    }
}
