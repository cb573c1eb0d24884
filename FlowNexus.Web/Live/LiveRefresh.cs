using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Web.Live;

/// <summary>
/// Tells a component that what it shows has changed: at once, then at most once per pause, never while it is still
/// reading. The component reads from the engine anew, so a missed or doubled signal changes nothing.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private readonly Paced _paced;
    private readonly IDisposable _subscription;

    /// <param name="concerns">Whether an event touches what is shown.</param>
    /// <param name="progresses">Whether progress of this execution is shown.</param>
    /// <param name="refresh">Reads anew and renders; runs off the component's thread.</param>
    public LiveRefresh(EventFeed feed, TimeProvider time, TimeSpan pause, Func<EventRow, bool> concerns, Func<ExecutionProgress, bool> progresses, Func<Task> refresh)
    {
        _paced = new Paced(time, pause, refresh);
        _subscription = feed.Subscribe(
            row => { if (concerns(row)) _paced.Signal(); },
            progress => { if (progresses(progress)) _paced.Signal(); });
    }

    /// <summary>The least time between two readings.</summary>
    public TimeSpan Pause
    {
        set => _paced.Pause = value;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _paced.Dispose();
    }
}
