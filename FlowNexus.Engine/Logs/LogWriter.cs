using System.Collections.Concurrent;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Logs;

/// <summary>Gathers lines and puts them into the journal in batches, beside the transitions of executions and never in their way.</summary>
internal sealed class LogWriter(EngineDatabase database, TimeProvider time, ILogger<LogWriter> log) : ILogSink, IAsyncDisposable
{
    /// <summary>Lines that may wait while the database takes no writes; what comes then is dropped and counted.</summary>
    public const int MaxWaiting = 50_000;

    private const int Batch = 500;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<LogRow> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<LogRow> _batch = [];
    private int _count;
    private int _scheduled;

    /// <summary>Told which executions have new lines that can be read.</summary>
    public event EventHandler<StoredLines>? Stored;

    /// <summary>False when too many lines wait already.</summary>
    public bool Write(LogRow row, bool evenWhenFull = false)
    {
        if (Volatile.Read(ref _count) >= MaxWaiting && !evenWhenFull) return false;
        Interlocked.Increment(ref _count);
        _waiting.Enqueue(row);
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _ = StoreLaterAsync(Gathering);
        return true;
    }

    /// <summary>Makes what was written here until now readable; gives up after a second when the database is away.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _count) == 0) return;
        try
        {
            await StoreAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or ProblemException or ObjectDisposedException)
        {
            // They are stored when it is back; a reader sees what there is.
        }
    }

    /// <summary>Stores what waits; before the journal goes.</summary>
    public async ValueTask DisposeAsync()
    {
        await FlushAsync(CancellationToken.None);
        Stored = null;
    }

    private async Task StoreLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, time);
        Volatile.Write(ref _scheduled, 0);
        try
        {
            await StoreAsync();
        }
        catch (ProblemException)
        {
            if (Interlocked.Exchange(ref _scheduled, 1) == 0) _ = StoreLaterAsync(Patience);
        }
        catch (ObjectDisposedException)
        {
            // The engine has stopped; the last second may be lost.
        }
    }

    private async Task StoreAsync()
    {
        await _turn.WaitAsync();
        try
        {
            while (Fill())
            {
                var transition = new Transition();
                foreach (var row in _batch) transition.Insert(Tables.StepLogs, row);
                await CommitAsync(transition);
                var executions = _batch.Select(row => row.ExecutionId).ToHashSet();
                Interlocked.Add(ref _count, -_batch.Count);
                _batch.Clear();
                Stored?.Invoke(this, new StoredLines(executions));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A batch that could not be stored comes again first.</summary>
    private bool Fill()
    {
        while (_batch.Count < Batch && _waiting.TryDequeue(out var row)) _batch.Add(row);
        return _batch.Count > 0;
    }

    private async Task CommitAsync(Transition transition)
    {
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (Exception failure) when (failure is not (ProblemException or ObjectDisposedException))
        {
            log.LogError(failure, "{Count} lines of step logs could not be stored and are lost.", transition.Writes.Count);
        }
    }
}

/// <param name="executions">Ids of the executions whose lines they are.</param>
internal sealed class StoredLines(IReadOnlySet<string> executions) : EventArgs
{
    public IReadOnlySet<string> Executions { get; } = executions;
}
