using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>What is saved: the changes that <paramref name="Mine"/> made to <paramref name="Origin"/>.</summary>
/// <param name="Origin">The document as it was stored at <paramref name="Revision"/>.</param>
/// <param name="Revision">0 when none was stored.</param>
/// <param name="Editor">Whoever saves, so that they need not be told of it.</param>
public sealed record DraftChange(string WorkflowId, DraftDocument Origin, int Revision, DraftDocument Mine, int BaseVersion, string Editor);

/// <summary>Keeps a draft while it is drawn. Whoever saves over another's changes gets both, merged.</summary>
public sealed class SaveDraft(EngineDatabase database, DraftFeed feed, TimeProvider time)
{
    /// <summary>Most characters of a stored draft.</summary>
    public const int Longest = 12_000_000;

    private static readonly Statement Change = new(
        "UPDATE drafts SET base_version = ?3, revision = ?4, document = ?5, name = ?6, updated_by = ?7, updated_at = ?8 WHERE workflow_id = ?1 AND revision = ?2");

    private static readonly Statement Remove = new("DELETE FROM drafts WHERE workflow_id = ?1");

    /// <exception cref="ProblemException">FORBIDDEN; INVALID_DEFINITION when the draft is too large.</exception>
    public async Task<SavedDraft> RunAsync(Principal principal, DraftChange change)
    {
        principal.Demand(Permission.Write);
        var (origin, revision, mine) = (change.Origin, change.Revision, change.Mine);
        var conflicts = new List<DraftConflict>();
        while (true)
        {
            if (await TryWriteAsync(principal, change, mine, revision))
            {
                feed.Tell(new DraftNews(change.WorkflowId, revision + 1, change.Editor));
                return new SavedDraft(mine, revision + 1, conflicts);
            }

            await using var context = database.Read();
            var row = await context.Drafts.FirstOrDefaultAsync(draft => draft.WorkflowId == change.WorkflowId);
            if (row is null)
            {
                revision = 0;
                continue;
            }

            var theirs = DraftJson.Read(row.Document);
            var merged = DraftMerge.Merge(origin, mine, theirs);
            conflicts.AddRange(merged.Conflicts);
            (origin, revision, mine) = (theirs, row.Revision, merged.Document);
        }
    }

    /// <summary>Throws a draft away; the workflow, if there is one, stays as it is saved.</summary>
    public async Task DiscardAsync(Principal principal, string workflowId, string editor)
    {
        principal.Demand(Permission.Write);
        var transition = new Transition();
        transition.Run(Remove, null, to => to.Text(workflowId));
        await database.Journal.CommitAsync(transition);
        feed.Tell(new DraftNews(workflowId, 0, editor));
    }

    private async Task<bool> TryWriteAsync(Principal principal, DraftChange change, DraftDocument document, int revision)
    {
        var row = new DraftRow
        {
            WorkflowId = change.WorkflowId,
            BaseVersion = change.BaseVersion,
            Revision = revision + 1,
            Document = DraftJson.Write(document),
            Name = document.Name,
            UpdatedBy = principal.UserId,
            UpdatedAt = UnixMicros.Of(time.GetUtcNow()),
        };
        if (row.Document.Length > Longest) throw new ProblemException(ProblemCodes.InvalidDefinition, $"The draft has {row.Document.Length:N0} characters; at most {Longest:N0} can be kept. Move data out of the definition: into input_data, a dataset or a file.");
        var transition = new Transition();
        if (revision == 0) transition.InsertOrRefuse(Tables.Drafts, row);
        else
        {
            transition.Run(Change, Refusal.Stale, to =>
            {
                to.Text(row.WorkflowId);
                to.Integer(revision);
                to.Integer(row.BaseVersion);
                to.Integer(row.Revision);
                to.Text(row.Document);
                to.Text(row.Name);
                to.Text(row.UpdatedBy);
                to.Integer(row.UpdatedAt);
            });
        }

        try
        {
            await database.Journal.CommitAsync(transition);
            return true;
        }
        catch (TransitionRefusedException)
        {
            return false;
        }
    }
}

/// <summary>A draft as it is stored now.</summary>
/// <param name="Document">With what others changed meanwhile.</param>
public sealed record SavedDraft(DraftDocument Document, int Revision, IReadOnlyList<DraftConflict> Conflicts);
