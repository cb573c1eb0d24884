using System.Collections.Concurrent;
using System.Diagnostics;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>
/// The one writer of a node: a thread of its own that commits whatever transitions have gathered since the last
/// commit as one group, and answers each caller only after COMMIT. A transition in a group is all-or-nothing by
/// itself; how, is the store's part.
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
    private readonly ConcurrentQueue<JournalEntry> _incoming = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private int _asleep;
    private long _lastCommit;
    private volatile StorageTrouble? _trouble;
    private volatile bool _stopping;

    /// <param name="publish">Called on the writer's thread with the events of a group after it committed; must not block.</param>
    public JournalWriter(IJournalStore store, ILogger<JournalWriter> log, Action<IReadOnlyList<EventRow>> publish, TimeProvider? time = null)
    {
        _store = store;
        _time = time ?? TimeProvider.System;
        _log = log;
        _publish = publish;
        _thread = new Thread(Work) { Name = "journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Set while the database takes no writes; gone by itself once it does again.</summary>
    public StorageTrouble? Trouble => _trouble;

    /// <summary>Told after each group how many transitions it had and how long it took; on the writer's thread, must not block.</summary>
    public Action<int, TimeSpan>? Committed { get; set; }

    /// <summary>Transitions in line that no group has taken yet.</summary>
    public int Waiting => _incoming.Count;

    /// <summary>When a group was last committed; null when none was since the start.</summary>
    public DateTimeOffset? LastCommitAt => Volatile.Read(ref _lastCommit) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Completes once the transition is durable.</summary>
    /// <exception cref="TransitionRefusedException">A condition of the transition did not hold.</exception>
    /// <exception cref="ProblemException">STORAGE_UNAVAILABLE, STORAGE_DAMAGED.</exception>
    public Task CommitAsync(Transition transition)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        var entry = new JournalEntry(transition);
        _incoming.Enqueue(entry);

        // Waking costs a system call; only a sleeping writer needs it.
        if (Interlocked.Exchange(ref _asleep, 0) == 1) _wake.Set();
        return entry.Done.Task;
    }

    /// <summary>Commits what is waiting, then stops.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _stop.Cancel();
        _wake.Set();
        _thread.Join();
        while (_incoming.TryDequeue(out var late)) late.Done.TrySetException(new ObjectDisposedException(nameof(JournalWriter)));
        _wake.Dispose();
        _stop.Dispose();
        _store.Dispose();
    }

    private void Work()
    {
        var group = new List<JournalEntry>();
        var committed = false;
        while (true)
        {
            while (group.Count < MaxGroup && _incoming.TryDequeue(out var entry)) group.Add(entry);
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
            if (_incoming.IsEmpty && !_wake.WaitOne(Idle)) Rest();
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

    /// <summary>In trouble it finds out by itself when the cause is gone: nobody may be writing.</summary>
    private void Rest()
    {
        try
        {
            if (_trouble is not null) _store.Probe();
            Recovered();
            _store.Tidy();
        }
        catch (Exception failure) when (StorageFailure.Problem(failure) is { } problem)
        {
            Troubled(problem, failure);
        }
        catch (Exception failure)
        {
            _log.LogWarning(failure, "Keeping the database tidy failed; it is tried again when the journal is idle.");
        }
    }

    private void CommitGroup(List<JournalEntry> group)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            _store.Commit(group, _stop.Token);
            Committed?.Invoke(group.Count, Stopwatch.GetElapsedTime(since));
        }
        catch (Exception failure)
        {
            if (StorageFailure.Problem(failure) is null) _log.LogError(failure, "A group of {Count} transitions could not be committed.", group.Count);
            foreach (var entry in group) entry.Failure = failure;
        }

        Judge(group);
        List<EventRow>? events = null;
        foreach (var entry in group)
            if (entry.Failure is null && entry.Events is { } told) (events ??= []).AddRange(told);
        if (events is not null) Publish(events);
        foreach (var entry in group) entry.Answer();
    }

    /// <summary>Callers hear of the storage's failures as problems; they know no database.</summary>
    private void Judge(List<JournalEntry> group)
    {
        var committed = false;
        foreach (var entry in group)
        {
            if (entry.Failure is null) committed = true;
            else if (StorageFailure.Problem(entry.Failure) is { } problem)
            {
                Troubled(problem, entry.Failure);
                entry.Failure = new ProblemException(problem, entry.Failure);
            }
        }

        if (!committed) return;
        Volatile.Write(ref _lastCommit, _time.GetUtcNow().UtcTicks);
        Recovered();
    }

    private void Troubled(Problem problem, Exception failure)
    {
        if (_trouble?.Problem.Message == problem.Message) return;
        _trouble = new StorageTrouble(problem, _trouble?.Since ?? _time.GetUtcNow());
        _log.LogError("{Problem} ({Failure})", problem.Message, failure.Message);
    }

    private void Recovered()
    {
        if (_trouble is not { } past) return;
        _trouble = null;
        _log.LogWarning("The database takes writes again, after {Seconds:0} s.", (_time.GetUtcNow() - past.Since).TotalSeconds);
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
}
