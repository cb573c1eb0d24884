using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>
/// The edits of one person, to be taken back and done again. Each remembers the documents before and after it; taking
/// one back merges the difference into what there is now, so that what others did meanwhile stays.
/// </summary>
internal sealed class EditHistory(TimeProvider time)
{
    /// <summary>Oldest edits are forgotten beyond this.</summary>
    private const int Most = 500;

    /// <summary>Typing in one field without a longer pause is one edit.</summary>
    private static readonly TimeSpan OneEdit = TimeSpan.FromSeconds(2);

    private readonly List<Edit> _done = [];
    private readonly List<Edit> _undone = [];
    private long _lastAt;

    /// <summary>What would be taken back; null when there is nothing.</summary>
    public string? UndoLabel => _done.Count == 0 ? null : _done[^1].Label;

    /// <summary>What would be done again; null when there is nothing.</summary>
    public string? RedoLabel => _undone.Count == 0 ? null : _undone[^1].Label;

    /// <param name="key">Names the field that is typed in; null for an edit that stands alone.</param>
    public void Add(string label, string? key, DraftDocument before, DraftDocument after)
    {
        _undone.Clear();
        if (key is not null && _done.Count > 0 && _done[^1].Key == key && time.GetElapsedTime(_lastAt) < OneEdit) _done[^1] = _done[^1] with { After = after };
        else _done.Add(new Edit(label, key, before, after));
        if (_done.Count > Most) _done.RemoveAt(0);
        _lastAt = time.GetTimestamp();
    }

    public DraftDocument? Undo(DraftDocument now)
    {
        if (Take(_done) is not { } edit) return null;
        _undone.Add(edit);
        return DraftMerge.Merge(edit.After, edit.Before, now).Document;
    }

    public DraftDocument? Redo(DraftDocument now)
    {
        if (Take(_undone) is not { } edit) return null;
        _done.Add(edit with { Key = null });
        return DraftMerge.Merge(edit.Before, edit.After, now).Document;
    }

    private static Edit? Take(List<Edit> edits)
    {
        if (edits.Count == 0) return null;
        var edit = edits[^1];
        edits.RemoveAt(edits.Count - 1);
        return edit;
    }

    private sealed record Edit(string Label, string? Key, DraftDocument Before, DraftDocument After);
}
