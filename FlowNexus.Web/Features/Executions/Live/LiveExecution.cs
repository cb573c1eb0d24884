using System.Collections;
using System.Collections.Concurrent;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Steps;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>
/// One execution as pages show it, kept up to date by what has changed since: the events after the last one known
/// say which steps to read again. Opened anew it is the same, so a lost connection loses nothing. One refreshes it at a
/// time; many read it.
/// </summary>
public sealed class LiveExecution(string id, FollowExecution follow, GetAuditTrail audit, GetArtifact artifacts, StepCatalogue catalogue, TimeProvider time)
{
    private const int Page = 1000;

    private readonly Lock _gate = new();
    private readonly List<EventLine> _events = [];
    private readonly ConcurrentDictionary<string, StepHistory> _histories = new();
    private readonly ConcurrentDictionary<string, CanvasStatus> _statuses = new();
    private readonly ConcurrentDictionary<string, StepView> _byId = new();
    private StepView[] _steps = [];
    private Lazy<IReadOnlyList<TimelineRow>> _timeline = new([]);
    private Task<IReadOnlyList<ArtifactView>>? _artifacts;
    private long _position;

    public string Id { get; } = id;

    public FollowedExecution? Followed { get; private set; }

    public ExecutionView? Execution { get; private set; }

    /// <summary>In the order of the version.</summary>
    public IReadOnlyList<StepView> Steps => _steps;

    public IReadOnlyList<TimelineRow> Timeline => _timeline.Value;

    public int EventCount
    {
        get
        {
            lock (_gate) return _events.Count;
        }
    }

    public CanvasGraph Graph { get; private set; } = CanvasGraph.Empty;

    /// <summary>Of every step that has begun, always the same collection, as it is when it is gone through.</summary>
    public IReadOnlyCollection<CanvasStatus> Statuses => field ??= new StatusesNow(_statuses);

    public bool HasEnded => Execution?.FinishedAt is not null;

    public StepHistory? HistoryOf(string step) => _histories.GetValueOrDefault(step);

    public StepView? TryGet(string? step) => step is null ? null : Array.Find(_steps, one => one.Name == step);

    /// <summary>The last events, in order and without gaps; all of a step when one is named.</summary>
    public IReadOnlyList<EventLine> LastEvents(int most, string? step = null)
    {
        lock (_gate) return step is null ? _events[Math.Max(0, _events.Count - most)..] : [.. _events.Where(one => one.Step == step).TakeLast(most)];
    }

    /// <summary>Files of the execution, read once however many ask, until a step has ended.</summary>
    /// <exception cref="Engine.Problems.ProblemException">FORBIDDEN.</exception>
    public Task<IReadOnlyList<ArtifactView>> ArtifactsAsync() => _artifacts is { IsFaulted: false } known ? known : _artifacts = artifacts.OfExecutionAsync(Principal.LocalOwner, Id);

    public string? NameOf(string boxId) => _byId.GetValueOrDefault(boxId)?.Name;

    /// <exception cref="Engine.Problems.ProblemException">EXECUTION_NOT_FOUND, FORBIDDEN.</exception>
    public async Task OpenAsync()
    {
        Followed = await follow.OpenAsync(Principal.LocalOwner, Id);
        await ReadEventsAsync();
        Execution = await follow.SummaryAsync(Principal.LocalOwner, Id);
        Take(await follow.StepsAsync(Principal.LocalOwner, Id));
        Show(Drawn(Followed));
    }

    /// <param name="progressed">Steps that told how far they are, which makes no event.</param>
    /// <returns>What is different on the canvas.</returns>
    public async Task<IReadOnlyList<CanvasStatus>> RefreshAsync(IReadOnlyCollection<string> progressed)
    {
        var ended = HasEnded;
        var touched = await ReadEventsAsync();
        touched.UnionWith(progressed);
        Execution = await follow.SummaryAsync(Principal.LocalOwner, Id);

        // What an end does to steps that have not begun is told once for all of them.
        var changed = Take(await follow.StepsAsync(Principal.LocalOwner, Id, HasEnded && !ended ? null : touched));
        if (changed.Any(mark => mark.Status is "completed" or "failed")) _artifacts = null;
        Show(Graph);
        return changed;
    }

    /// <summary>How long the steps that run have run.</summary>
    public IReadOnlyList<CanvasStatus> Tick()
    {
        List<CanvasStatus> changed = [];
        foreach (var step in _steps)
            if (step.Status == "in_progress") Mark(step, changed);
        return changed;
    }

    private void Show(CanvasGraph graph)
    {
        Graph = ExecutionPaths.Mark(graph, _byId, Execution!);
        _timeline = new Lazy<IReadOnlyList<TimelineRow>>(() => StepTimeline.Rows(this));
    }

    private async Task<HashSet<string>> ReadEventsAsync()
    {
        HashSet<string> touched = [];
        while (true)
        {
            var rows = await audit.AfterAsync(null, Id, _position, Page, CancellationToken.None);
            foreach (var row in rows)
            {
                var one = EventView.Of(row);
                _position = row.Position;
                lock (_gate) _events.Add(EventLine.Of(one));
                if (one.StepName is not { } step) continue;
                touched.Add(step);
                _histories.GetOrAdd(step, _ => new StepHistory()).Add(one);
            }

            if (rows.Count < Page) return touched;
        }
    }

    private List<CanvasStatus> Take(IReadOnlyList<StepView> steps)
    {
        StepView[] all = _steps.Length == 0 ? [.. steps] : [.. _steps];
        List<CanvasStatus> changed = [];
        foreach (var step in steps)
        {
            all[step.Ordinal] = _byId[step.StepId] = step;
            Mark(step, changed);
        }

        _steps = all;
        return changed;
    }

    private void Mark(StepView step, List<CanvasStatus> changed)
    {
        var mark = StepMark.Of(step, time.GetUtcNow());
        if (_statuses.TryGetValue(step.StepId, out var known) ? known == mark : step.Status == "pending") return;
        _statuses[step.StepId] = mark;
        changed.Add(mark);
    }

    private CanvasGraph Drawn(FollowedExecution followed)
    {
        var (workflow, layout) = (followed.Workflow, followed.Layout);
        return WorkflowDrawing.Of(new DrawnWorkflow
        {
            Steps = [.. workflow.Definition.Steps.Select((step, ordinal) => new DrawnStep(workflow.StepIds[ordinal], step.Source))],
            Triggers = [.. workflow.Definition.Triggers.Select(trigger => trigger.Source)],
            Positions = layout.Positions.ToDictionary(place => place.Key, place => new CanvasPosition(place.Key, place.Value.X, place.Value.Y)),
            Notes = [.. layout.Notes.Select(note => new CanvasNote { Id = note.Key, Text = note.Value.Text, X = note.Value.X, Y = note.Value.Y, Width = note.Value.Width, Height = note.Value.Height })],
            Groups = [.. layout.Groups.Select(group => new CanvasGroup { Id = group.Key, Label = group.Value.Label, Boxes = [.. group.Value.Boxes], Collapsed = group.Value.Collapsed })],
        }, catalogue);
    }

    private sealed class StatusesNow(ConcurrentDictionary<string, CanvasStatus> statuses) : IReadOnlyCollection<CanvasStatus>
    {
        public int Count => statuses.Count;

        public IEnumerator<CanvasStatus> GetEnumerator() => statuses.Values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
