using System.Diagnostics.Metrics;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Telemetry;

/// <summary>
/// What the engine measures. Labels are words of the product (a status, a step type, an outcome, a queue): never an id or
/// a name that somebody chose, so that the number of series is bounded whatever is run.
/// </summary>
internal sealed class EngineMeter : IDisposable
{
    public const string Name = "FlowNexus";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] };
    private static readonly InstrumentAdvice<long> GroupSizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };

    private readonly Meter _meter;
    private readonly Counter<long> _started;
    private readonly Counter<long> _finished;
    private readonly Counter<long> _attempts;
    private readonly Counter<double> _credits;
    private readonly Histogram<double> _wait;
    private readonly Histogram<long> _groups;
    private readonly Histogram<double> _commits;
    private volatile Vitals? _vitals;

    public EngineMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _started = _meter.CreateCounter<long>("flownexus.executions.started", description: "Executions that began to run.");
        _finished = _meter.CreateCounter<long>("flownexus.executions.finished", description: "Executions that ended, by status.");
        _attempts = _meter.CreateCounter<long>("flownexus.step.attempts", description: "Attempts of steps that ended, by type of step and outcome.");
        _credits = _meter.CreateCounter<double>("flownexus.credits", description: "Credits charged and refunded.");
        _wait = _meter.CreateHistogram("flownexus.queue.wait", "s", "From the moment an execution may run until it does, and from the moment a task is in line until an agent begins it.", null, Seconds);
        _groups = _meter.CreateHistogram("flownexus.journal.group.size", null, "Transitions committed together.", null, GroupSizes);
        _commits = _meter.CreateHistogram("flownexus.journal.commit", "s", "How long a group took to commit.", null, Seconds);
        _meter.CreateObservableGauge<long>("flownexus.queue.depth", Depths, description: "Messages that wait.");
        _meter.CreateObservableGauge<double>("flownexus.timer.lag", () => _vitals?.TimerLag.TotalSeconds ?? 0, "s", "How long the oldest due timer is overdue.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>The state that gauges show until they are told another.</summary>
    public void Show(Vitals vitals) => _vitals = vitals;

    public void Committed(int transitions, TimeSpan took)
    {
        _groups.Record(transitions);
        _commits.Record(took.TotalSeconds);
    }

    /// <summary>Counts what a committed transition of an execution established.</summary>
    public void Count(IReadOnlyList<MachineEvent> events, PreparedWorkflow workflow, ExecutionRow row, IReadOnlyList<TaskRow?> tasks, long creditsBefore)
    {
        foreach (var happened in events)
        {
            if (happened.Step < 0) CountExecution(happened, row);
            else if (happened.Type == MachineEventType.StepStarted) CountTask(happened, tasks[happened.Step]);
            else if (Outcome(happened.Type) is { } outcome) _attempts.Add(1, new("type", workflow.Definition.Steps[happened.Step].Type), new("outcome", outcome));
        }

        var charged = row.CreditsMicro - creditsBefore;
        if (charged != 0) _credits.Add(Math.Abs(charged) / 1e6, new KeyValuePair<string, object?>("kind", charged > 0 ? "charged" : "refunded"));
    }

    private void CountTask(MachineEvent started, TaskRow? task)
    {
        if (task?.QueuedAt is { } queued && started.AgentId is not null) Waited(GetQueueStatus.Tasks, started.At, queued);
    }

    private void Waited(string queue, DateTimeOffset until, long since) =>
        _wait.Record(Math.Max(0, UnixMicros.Of(until) - since) / 1e6, new KeyValuePair<string, object?>("queue", queue));

    private void CountExecution(MachineEvent happened, ExecutionRow row)
    {
        switch (happened.Type)
        {
            case MachineEventType.ExecutionStarted:
                _started.Add(1);
                Waited(GetQueueStatus.Executions, happened.At, row.NotBefore ?? row.CreatedAt);
                break;
            case MachineEventType.ExecutionCompleted or MachineEventType.ExecutionFailed or MachineEventType.ExecutionCancelled or MachineEventType.ExecutionTimedOut:
                _finished.Add(1, new KeyValuePair<string, object?>("status", row.Status));
                break;
        }
    }

    private static string? Outcome(MachineEventType type) => type switch
    {
        MachineEventType.StepCompleted => "completed",
        MachineEventType.StepFailed => "failed",
        MachineEventType.StepRetrying or MachineEventType.StepReopened => "retried",
        MachineEventType.StepTimedOut => "timed_out",
        MachineEventType.StepCancelled => "cancelled",
        MachineEventType.AttemptLost => "lost",
        MachineEventType.AttemptDiscarded => "discarded",
        _ => null,
    };

    private IEnumerable<Measurement<long>> Depths()
    {
        if (_vitals is not { } vitals) yield break;
        yield return new(vitals.QueuedExecutions, new KeyValuePair<string, object?>("queue", GetQueueStatus.Executions));
        yield return new(vitals.QueuedTasks, new KeyValuePair<string, object?>("queue", GetQueueStatus.Tasks));
    }
}
