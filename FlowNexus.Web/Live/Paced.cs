namespace FlowNexus.Web.Live;

/// <summary>Does something when it is signalled: at once, then at most once per pause, never twice at a time, and never less than once after the last signal.</summary>
public sealed class Paced : IDisposable
{
    private readonly Func<Task> _act;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _waiting;
    private bool _acting;
    private bool _again;
    private bool _disposed;
    private long _last;

    public Paced(TimeProvider time, TimeSpan pause, Func<Task> act)
    {
        (_act, _time, Pause) = (act, time, pause);
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Between the beginnings of two acts; a new one counts from the next signal.</summary>
    public TimeSpan Pause { get; set; }

    public void Signal()
    {
        lock (_gate)
        {
            if (_disposed || _waiting) return;
            if (_acting)
            {
                _again = true;
                return;
            }

            _waiting = true;
            var since = _time.GetElapsedTime(_last);
            _timer.Change(since >= Pause ? TimeSpan.Zero : Pause - since, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate) _disposed = true;
        _timer.Dispose();
    }

    private void Run()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _waiting = false;
            _acting = true;
            _last = _time.GetTimestamp();
        }

        _ = ActAsync();
    }

    private async Task ActAsync()
    {
        try
        {
            await _act();
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended between the signal and the act.
        }
        finally
        {
            bool again;
            lock (_gate)
            {
                _acting = false;
                (again, _again) = (_again, false);
            }

            if (again) Signal();
        }
    }
}
