using System.Collections.Concurrent;
using System.Diagnostics;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>
/// The one writer of a node: a thread of its own that commits whatever transitions have gathered since the last
/// commit as one group, and answers each caller only after COMMIT. A transition in a group is all-or-nothing by
/// itself: its fence is its first write, so a lost one leaves no trace, and any other failure makes the group run
/// again with a savepoint around each transition.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>Bounds a group, so that one caller never waits for an unbounded one.</summary>
    public const int MaxGroup = 1000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Spin = TimeSpan.FromMicroseconds(100);

    private readonly IJournalStore _store;
    private readonly ILogger<JournalWriter> _log;
    private readonly Action<IReadOnlyList<EventRow>> _publish;
    private readonly ConcurrentQueue<Pending> _incoming = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly Dictionary<string, (long Seq, byte[] Head)> _heads = [];
    private int _asleep;
    private volatile bool _stopping;

    /// <param name="publish">Called on the writer's thread with the events of a group after it committed; must not block.</param>
    public JournalWriter(IJournalStore store, ILogger<JournalWriter> log, Action<IReadOnlyList<EventRow>> publish)
    {
        _store = store;
        _log = log;
        _publish = publish;
        _thread = new Thread(Work) { Name = "journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Completes once the transition is durable.</summary>
    /// <exception cref="TransitionRefusedException">A condition of the transition did not hold.</exception>
    public Task CommitAsync(Transition transition)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        var pending = new Pending(transition);
        _incoming.Enqueue(pending);

        // Waking costs a system call; only a sleeping writer needs it.
        if (Interlocked.Exchange(ref _asleep, 0) == 1) _wake.Set();
        return pending.Done.Task;
    }

    /// <summary>Commits what is waiting, then stops.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _wake.Set();
        _thread.Join();
        while (_incoming.TryDequeue(out var late)) late.Done.TrySetException(new ObjectDisposedException(nameof(JournalWriter)));
        _wake.Dispose();
        _store.Dispose();
    }

    private void Work()
    {
        var group = new List<Pending>();
        var committed = false;
        while (true)
        {
            while (group.Count < MaxGroup && _incoming.TryDequeue(out var pending)) group.Add(pending);
            if (group.Count > 0)
            {
                CommitGroup(group);
                group.Clear();
                committed = true;
                continue;
            }

            if (_stopping) return;
            if (committed && SpinsIntoWork()) continue;
            committed = false;
            Volatile.Write(ref _asleep, 1);
            Interlocked.MemoryBarrier();
            if (_incoming.IsEmpty && !_wake.WaitOne(Idle)) Tidy();
            Volatile.Write(ref _asleep, 0);
        }
    }

    /// <summary>An execution whose steps commit one by one is back within microseconds; sleeping and being woken would take longer.</summary>
    private bool SpinsIntoWork()
    {
        var since = Stopwatch.GetTimestamp();
        while (_incoming.IsEmpty && Stopwatch.GetElapsedTime(since) < Spin) Thread.SpinWait(20);
        return !_incoming.IsEmpty;
    }

    private void Tidy()
    {
        try
        {
            _store.Tidy();
        }
        catch (Exception failure)
        {
            _log.LogWarning(failure, "Keeping the database tidy failed; it is tried again when the journal is idle.");
        }
    }

    private void CommitGroup(List<Pending> group)
    {
        try
        {
            if (!TryCommit(group, isolated: false)) TryCommit(group, isolated: true);
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "A group of {Count} transitions could not be committed.", group.Count);
            TryRollback();
            _heads.Clear();
            foreach (var pending in group) pending.Failure ??= failure;
        }

        List<EventRow>? events = null;
        foreach (var pending in group)
            if (pending.Failure is null && pending.Events is { } told) (events ??= []).AddRange(told);
        if (events is not null) Publish(events);
        foreach (var pending in group) pending.Answer();
    }

    /// <returns>False when something in the group failed beyond its fence: then nothing is committed and isolation is needed.</returns>
    private bool TryCommit(List<Pending> group, bool isolated)
    {
        _store.Begin();
        foreach (var pending in group)
        {
            pending.Failure = null;
            if (isolated) _store.Savepoint();
            try
            {
                Apply(pending);
                if (isolated) _store.Release();
            }
            catch (TransitionRefusedException refused) when (refused.Refusal is var _ && pending.Written == 0)
            {
                pending.Failure = refused;
                if (isolated) _store.Release();
            }
            catch (Exception failure)
            {
                _heads.Clear();
                if (!isolated)
                {
                    _store.Rollback();
                    return false;
                }

                _store.RollbackToSavepoint();
                pending.Failure = failure;
            }
        }

        _store.Commit();
        return true;
    }

    private void Apply(Pending pending)
    {
        pending.Written = 0;
        pending.Events = null;
        foreach (var write in pending.Transition.Writes)
        {
            var rows = _store.Execute(write);
            if (rows == 0 && write.WhenNoRow is { } refusal) throw new TransitionRefusedException(refusal);
            pending.Written++;
        }

        foreach (var row in pending.Transition.Events) Insert(pending, row);
        foreach (var row in pending.Transition.AdminEvents ?? []) Chain(pending, row);
    }

    private void Chain(Pending pending, EventRow row)
    {
        if (!_heads.TryGetValue(row.Stream, out var end)) end = _store.ReadStream(row.Stream);
        row.Seq = end.Seq + 1;
        EventChain.Seal(row, end.Head, RandomBytes.Get(EventChain.SaltBytes));
        var stream = new StreamRow { Id = row.Stream, Seq = row.Seq, Head = row.Hash };
        _store.Execute(new RowWrite<StreamRow>(Tables.Streams, stream, Tables.Streams.Upsert));
        Insert(pending, row);
        if (_heads.Count > 10_000) _heads.Clear();
        _heads[row.Stream] = (row.Seq, row.Hash);
    }

    private void Insert(Pending pending, EventRow row)
    {
        row.Position = _store.InsertEvent(new RowWrite<EventRow>(Tables.Events, row, Tables.Events.Insert));
        (pending.Events ??= []).Add(row);
    }

    private void Publish(List<EventRow> events)
    {
        try
        {
            _publish(events);
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "Publishing {Count} committed events failed.", events.Count);
        }
    }

    private void TryRollback()
    {
        try
        {
            _store.Rollback();
        }
        catch (Exception failure)
        {
            _log.LogDebug(failure, "There was no transaction to roll back.");
        }
    }

    private sealed class Pending(Transition transition)
    {
        public Transition Transition { get; } = transition;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        /// <summary>Writes done so far; a refusal at 0 left nothing behind.</summary>
        public int Written { get; set; }

        public List<EventRow>? Events { get; set; }

        public void Answer()
        {
            if (Failure is null) Done.SetResult();
            else Done.SetException(Failure);
        }
    }
}
