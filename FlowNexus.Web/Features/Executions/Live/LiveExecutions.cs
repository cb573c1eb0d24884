using System.Collections.Concurrent;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>The executions that somebody watches: each is read once, however many watch it, and let go with the last of them.</summary>
public sealed class LiveExecutions(FollowExecution follow, GetAuditTrail audit, GetArtifact artifacts, StepCatalogue catalogue, EventFeed feed, TimeProvider time, ILogger<LiveExecutions> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    // From a dozen on, all are told a little later: a server has more to do than to be watched.
    private static readonly TimeSpan PausePerWatcher = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Watched> _watched = [];
    private readonly Lock _gate = new();

    internal int Count
    {
        get
        {
            lock (_gate) return _watched.Count;
        }
    }

    /// <param name="changed">Called after each reading; off the page's thread, and nobody waits for it.</param>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<LiveWatch> WatchAsync(string executionId, Action<LiveChange> changed)
    {
        Watched watched;
        LiveWatch watch;
        lock (_gate)
        {
            if (!_watched.TryGetValue(executionId, out watched!)) _watched[executionId] = watched = new Watched(new LiveExecution(executionId, follow, audit, artifacts, catalogue, time), feed, time, log);
            watch = new LiveWatch(watched.Live, () => Leave(executionId, watched, changed));
            watched.Add(changed);
        }

        try
        {
            await watched.Opened.Value;
            return watch;
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    private void Leave(string executionId, Watched watched, Action<LiveChange> changed)
    {
        lock (_gate)
        {
            if (watched.Remove(changed) || !_watched.TryGetValue(executionId, out var known) || !ReferenceEquals(known, watched)) return;
            _watched.Remove(executionId);
        }

        watched.Dispose();
    }

    private sealed class Watched : IDisposable
    {
        private readonly ConcurrentDictionary<Action<LiveChange>, byte> _watchers = new();
        private readonly ConcurrentDictionary<string, byte> _progressed = new();
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly ILogger _log;
        private readonly LiveRefresh _refresh;
        private readonly ITimer _beat;
        private bool _missed;

        public Watched(LiveExecution live, EventFeed feed, TimeProvider time, ILogger log)
        {
            _log = log;
            Live = live;
            Opened = new Lazy<Task>(live.OpenAsync);

            // It listens before the first reading begins: what comes meanwhile is read after it.
            _refresh = new LiveRefresh(feed, time, Pause, row => row.ExecutionId == live.Id, Progresses, RefreshAsync);
            _beat = time.CreateTimer(_ => Tick(), null, Beat, Beat);
        }

        public LiveExecution Live { get; }

        public Lazy<Task> Opened { get; }

        public void Add(Action<LiveChange> watcher)
        {
            _watchers[watcher] = 0;
            SetPace();
        }

        /// <returns>Whether anybody is left.</returns>
        public bool Remove(Action<LiveChange> watcher)
        {
            _watchers.TryRemove(watcher, out _);
            SetPace();
            return !_watchers.IsEmpty;
        }

        public void Dispose()
        {
            _refresh.Dispose();
            _beat.Dispose();

            // The semaphore has no handle to give back, and a reading may still be under way.
        }

        private TimeSpan Pace => TimeSpan.FromTicks(Math.Max(Pause.Ticks, _watchers.Count * PausePerWatcher.Ticks));

        private void SetPace() => _refresh.Pause = Pace;

        /// <summary>Steps that run say how long they have.</summary>
        private void Tick()
        {
            if (!Opened.IsValueCreated || !Opened.Value.IsCompletedSuccessfully) return;
            if (_missed) _ = RefreshAsync();
            if (!Live.HasEnded && Live.Tick() is { Count: > 0 } marks) Tell(new LiveChange(marks, IsRead: false, Pace));
        }

        private void Tell(LiveChange change)
        {
            foreach (var watcher in _watchers.Keys) watcher(change);
        }

        private bool Progresses(ExecutionProgress progress)
        {
            if (progress.ExecutionId != Live.Id) return false;
            _progressed[progress.StepName] = 0;
            return true;
        }

        private async Task RefreshAsync()
        {
            await _turn.WaitAsync();
            try
            {
                await Opened.Value;
                string[] progressed = [.. _progressed.Keys];
                foreach (var step in progressed) _progressed.TryRemove(step, out _);
                _missed = false;
                Tell(new LiveChange(await Live.RefreshAsync(progressed), IsRead: true, Pace));
            }
            catch (ProblemException)
            {
                // It went away meanwhile; pages that ask for it anew are told so.
            }
            catch (Exception failure)
            {
                // The event that led here is known to nobody else: the reading is made up for with the next beat.
                _missed = true;
                _log.LogWarning(failure, "Execution {Execution} could not be read for those who watch it; it is tried again in a second.", Live.Id);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}

/// <summary>Somebody's watch on an execution; it ends when disposed.</summary>
public sealed class LiveWatch(LiveExecution live, Action leave) : IDisposable
{
    private Action? _leave = leave;

    public LiveExecution Live { get; } = live;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}

/// <param name="Marks">What is different on the canvas.</param>
/// <param name="IsRead">False when only time went by.</param>
/// <param name="Pace">The least time between two readings: longer the more watch.</param>
public readonly record struct LiveChange(IReadOnlyList<CanvasStatus> Marks, bool IsRead, TimeSpan Pace);
