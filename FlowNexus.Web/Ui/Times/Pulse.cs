namespace FlowNexus.Web.Ui.Times;

/// <summary>One beat a second for everything on a page that shows a moving time; silent while nothing does.</summary>
public sealed class Pulse(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Action> _listeners = [];
    private ITimer? _timer;

    public DateTimeOffset Now => time.GetUtcNow();

    internal int Listeners
    {
        get
        {
            lock (_gate) return _listeners.Count;
        }
    }

    /// <summary>Calls back once a second, on a thread of the pool, until disposed.</summary>
    public IDisposable Subscribe(Action onBeat)
    {
        // One delegate given twice counts twice.
        var listener = new Action(() => onBeat());
        lock (_gate)
        {
            _listeners.Add(listener);
            _timer ??= time.CreateTimer(_ => Sound(), null, Beat, Beat);
        }

        return new Listening(this, listener);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _listeners.Clear();
            Stop();
        }
    }

    private void Sound()
    {
        Action[] listeners;
        lock (_gate) listeners = [.. _listeners];
        foreach (var listener in listeners) listener();
    }

    private void Leave(Action listener)
    {
        lock (_gate)
        {
            if (_listeners.Remove(listener) && _listeners.Count == 0) Stop();
        }
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private sealed class Listening(Pulse pulse, Action listener) : IDisposable
    {
        public void Dispose() => pulse.Leave(listener);
    }
}
