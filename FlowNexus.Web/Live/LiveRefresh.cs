using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Web.Live;

/// <summary>
/// Tells a component that what it shows has changed: at once, then at most once per pause, never while it is still
/// reading. The component reads from the engine anew, so a missed or doubled signal changes nothing.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private readonly Func<Task> _refresh;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pause;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _waiting;
    private bool _refreshing;
    private bool _again;
    private bool _disposed;
    private long _last;

    /// <param name="concerns">Whether an event touches what is shown.</param>
    /// <param name="progresses">Whether progress of this execution is shown.</param>
    /// <param name="refresh">Reads anew and renders; runs off the component's thread.</param>
    public LiveRefresh(EventFeed feed, TimeProvider time, TimeSpan pause, Func<EventRow, bool> concerns, Func<ExecutionProgress, bool> progresses, Func<Task> refresh)
    {
        _refresh = refresh;
        _time = time;
        _pause = pause;
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = feed.Subscribe(
            row => { if (concerns(row)) Signal(); },
            progress => { if (progresses(progress)) Signal(); });
    }

    public void Dispose()
    {
        lock (_gate) _disposed = true;
        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (_disposed || _waiting) return;
            if (_refreshing)
            {
                _again = true;
                return;
            }

            _waiting = true;
            var since = _time.GetElapsedTime(_last);
            _timer.Change(since >= _pause ? TimeSpan.Zero : _pause - since, Timeout.InfiniteTimeSpan);
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _waiting = false;
            _refreshing = true;
            _last = _time.GetTimestamp();
        }

        _ = RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        try
        {
            await _refresh();
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended between the signal and the reading.
        }
        finally
        {
            bool again;
            lock (_gate)
            {
                _refreshing = false;
                (again, _again) = (_again, false);
            }

            if (again) Signal();
        }
    }
}
