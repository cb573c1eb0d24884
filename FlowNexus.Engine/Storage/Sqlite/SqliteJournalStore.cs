using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Storage.Sqlite;

/// <summary>
/// The journal on SQLite, one prepared statement after the other. A transition's fence is its first write, so a lost
/// one leaves no trace; any other failure makes the group run again with a savepoint around each transition.
/// </summary>
internal sealed class SqliteJournalStore(string path) : IJournalStore
{
    private const int HeadsKept = 10_000;

    private readonly SqliteStatements _database = new(path);
    private readonly Dictionary<string, (long Seq, byte[] Head)> _heads = [];

    public void Commit(IReadOnlyList<JournalEntry> group, CancellationToken stopping)
    {
        try
        {
            if (!TryCommit(group, isolated: false)) TryCommit(group, isolated: true);
            KeepBounded();
        }
        catch
        {
            _database.RollbackIfOpen();
            _heads.Clear();
            throw;
        }
    }

    public void Probe()
    {
        try
        {
            _database.Probe();
        }
        catch
        {
            _database.RollbackIfOpen();
            throw;
        }
    }

    public void Tidy() => _database.Tidy();

    public void Dispose() => _database.Dispose();

    private void KeepBounded()
    {
        try
        {
            _database.KeepBounded();
        }
        catch (SqliteJournalException)
        {
            // The group is committed. What stands in the way here stands in the way of the next one too, and is told then.
        }
    }

    /// <returns>False when something in the group failed beyond its fence: then nothing is committed and isolation is needed.</returns>
    private bool TryCommit(IReadOnlyList<JournalEntry> group, bool isolated)
    {
        _database.Begin();
        foreach (var entry in group)
        {
            entry.Reset();
            if (isolated) _database.Savepoint();
            var written = 0;
            try
            {
                Apply(entry, ref written);
                if (isolated) _database.Release();
            }
            catch (TransitionRefusedException refused) when (written == 0)
            {
                entry.Failure = refused;
                if (isolated) _database.Release();
            }
            catch (Exception failure) when (StorageFailure.Problem(failure) is null)
            {
                _heads.Clear();
                if (!isolated)
                {
                    _database.Rollback();
                    return false;
                }

                _database.RollbackToSavepoint();
                entry.Failure = failure;
            }
        }

        _database.Commit();
        return true;
    }

    private void Apply(JournalEntry entry, ref int written)
    {
        foreach (var write in entry.Transition.Writes)
        {
            var rows = _database.Execute(write);
            if (rows == 0 && write.WhenNoRow is { } refusal) throw new TransitionRefusedException(refusal);
            written++;
        }

        foreach (var row in entry.Transition.Events) Insert(entry, row);
        foreach (var row in entry.Transition.AdminEvents ?? []) Chain(entry, row);
    }

    private void Chain(JournalEntry entry, EventRow row)
    {
        if (!_heads.TryGetValue(row.Stream, out var end)) end = _database.ReadStream(row.Stream);
        row.Seq = end.Seq + 1;
        EventChain.Seal(row, end.Head, RandomBytes.Get(EventChain.SaltBytes));
        var stream = new StreamRow { Id = row.Stream, Seq = row.Seq, Head = row.Hash };
        _database.Execute(new RowWrite<StreamRow>(Tables.Streams, stream, Tables.Streams.Upsert));
        Insert(entry, row);
        if (_heads.Count > HeadsKept) _heads.Clear();
        _heads[row.Stream] = (row.Seq, row.Hash);
    }

    private void Insert(JournalEntry entry, EventRow row)
    {
        row.Position = _database.InsertEvent(new RowWrite<EventRow>(Tables.Events, row, Tables.Events.Insert));
        entry.Told(row);
    }
}
