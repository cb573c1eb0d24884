using System.Collections.Concurrent;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Rings timers that are due: looks at the rows at least every second, and sooner when one set on this node is due sooner.</summary>
internal sealed class TimerPump(EngineDatabase database, TimeProvider time, ILogger<TimerPump> log) : IAsyncDisposable
{
    private const int Batch = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string, string, int, int), byte> _ringing = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _sooner = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    /// <summary>The node whose executions' timers it rings; null for all.</summary>
    public string? Owner { get; set; }

    /// <param name="ring">Hands a due timer to its execution; true once the row is gone or no longer counts.</param>
    public void Start(Func<TimerRow, Task> ring) => _running = Task.Run(() => PumpAsync(ring));

    /// <summary>A timer was set on this node.</summary>
    public void Hint(DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            if (dueAt >= _next) return;
            _next = dueAt;
            _sooner.TrySetResult();
        }
    }

    /// <summary>The engine stops it before the container disposes of it a second time.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task PumpAsync(Func<TimerRow, Task> ring)
    {
        while (!_stop.IsCancellationRequested)
        {
            var full = false;
            try
            {
                full = await RingDueAsync(ring);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return; // Stopped in the middle of a query.
            }
            catch (Exception failure) when (!_stop.IsCancellationRequested)
            {
                log.LogError(failure, "Looking for due timers failed; it is tried again in a second.");
            }

            if (!full) await WaitAsync();
        }
    }

    private async Task<bool> RingDueAsync(Func<TimerRow, Task> ring)
    {
        await using var context = database.Read();
        var now = UnixMicros.Of(time.GetUtcNow());
        var timers = Owner is { } owner ? context.Timers.Where(row => context.Executions.Any(execution => execution.Id == row.ExecutionId && execution.Owner == owner)) : context.Timers;
        var due = await timers.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).Take(Batch).ToListAsync(_stop.Token);
        foreach (var row in due)
        {
            var key = (row.ExecutionId, row.Kind, row.Ordinal, row.Attempt);
            if (!_ringing.TryAdd(key, 0)) continue;
            _ = RingAsync(ring, row, key);
        }

        var next = await timers.Where(row => row.DueAt > now).OrderBy(row => row.DueAt).Select(row => (long?)row.DueAt).FirstOrDefaultAsync(_stop.Token);
        lock (_gate) _next = UnixMicros.Read(next) ?? DateTimeOffset.MaxValue;
        return due.Count == Batch && due.Exists(row => !_ringing.ContainsKey((row.ExecutionId, row.Kind, row.Ordinal, row.Attempt)));
    }

    private async Task RingAsync(Func<TimerRow, Task> ring, TimerRow row, (string, string, int, int) key)
    {
        try
        {
            await ring(row);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "The timer {Kind} of execution {Execution} could not be rung; it is tried again.", row.Kind, row.ExecutionId);
        }

        // The row goes with the transition the timer led to; until then it must not ring a second time.
        await Task.Delay(Longest, time, CancellationToken.None);
        _ringing.TryRemove(key, out _);
    }

    private async Task WaitAsync()
    {
        Task sooner;
        TimeSpan wait;
        lock (_gate)
        {
            if (_sooner.Task.IsCompleted) _sooner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sooner = _sooner.Task;
            var until = _next - time.GetUtcNow();
            wait = until < Longest ? until : Longest;
        }

        if (wait <= TimeSpan.Zero) wait = TimeSpan.FromMilliseconds(1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(sooner, Task.Delay(wait, time, enough.Token));
        await enough.CancelAsync();
    }
}
