using System.Diagnostics;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Telemetry;

/// <summary>
/// The spans of one execution on this node: execution → step → attempt, made of what was committed. The span an execution
/// began with is stored with it. Whoever drives it later, after a wait, a restart or a takeover, adds a span below
/// that one, so that all of it is one trace. One that is abandoned may be left from another thread.
/// </summary>
internal sealed class ExecutionTrace
{
    public const string SourceName = "FlowNexus";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Lock _gate = new();
    private readonly Activity _root;
    private readonly PreparedWorkflow _workflow;
    private readonly Dictionary<int, Activity> _steps = [];
    private readonly Dictionary<int, Activity> _attempts = [];
    private bool _left;

    private ExecutionTrace(Activity root, PreparedWorkflow workflow) => (_root, _workflow) = (root, workflow);

    /// <summary>Null when nobody listens. A new execution's row then names its span.</summary>
    public static ExecutionTrace? Begin(ExecutionRow row, PreparedWorkflow workflow, bool isNew)
    {
        if (!Source.HasListeners() || (!isNew && row.Trace is null)) return null;
        var parent = ActivityContext.TryParse(row.Trace, null, isRemote: true, out var stored) ? stored : default;
        if (Start($"execution {workflow.Definition.Name}", parent, null) is not { } root) return null;
        root.SetTag("flownexus.execution.id", row.Id);
        root.SetTag("flownexus.workflow.id", row.WorkflowId);
        root.SetTag("flownexus.workflow.version", row.Version);
        if (isNew) row.Trace = root.Id;
        else root.SetTag("flownexus.continued", true);
        return new ExecutionTrace(root, workflow);
    }

    /// <summary>The span of a running attempt, or the nearest above it.</summary>
    public Activity Of(int step)
    {
        lock (_gate) return _attempts.GetValueOrDefault(step) ?? _steps.GetValueOrDefault(step) ?? _root;
    }

    /// <summary>Takes what was committed.</summary>
    public void Take(IReadOnlyList<MachineEvent> events, ExecutionRow row)
    {
        lock (_gate)
            foreach (var happened in events)
                if (happened.Step >= 0 && happened.Item < 0) TakeStep(happened);

        if (row.FinishedAt is null) return;
        _root.SetTag("flownexus.execution.status", row.Status);
        if (row.Status is "failed" or "timed_out") _root.SetStatus(ActivityStatusCode.Error, events.LastOrDefault(happened => happened.Step < 0 && happened.Problem is not null)?.Problem?.Code);
        Leave();
    }

    /// <summary>This node lets go; what is open ends here.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_left) return;
            _left = true;
            foreach (var open in _attempts.Values.Concat(_steps.Values)) open.Stop();
            _attempts.Clear();
            _steps.Clear();
            _root.Stop();
        }
    }

    private void TakeStep(MachineEvent happened)
    {
        if (_left) return;
        switch (happened.Type)
        {
            case MachineEventType.StepStarted:
                StartAttempt(happened);
                break;
            case MachineEventType.StepRetrying or MachineEventType.StepReopened or MachineEventType.StepHeld or MachineEventType.AttemptLost or MachineEventType.AttemptAbandoned:
                Stop(_attempts, happened, happened.Type.Word());
                break;
            case MachineEventType.StepCompleted or MachineEventType.StepFailed or MachineEventType.StepTimedOut or MachineEventType.StepCancelled:
                Stop(_attempts, happened, happened.Type.Word());
                Stop(_steps, happened, happened.Type.Word());
                break;
        }
    }

    private void StartAttempt(MachineEvent happened)
    {
        var step = _workflow.Definition.Steps[happened.Step];
        if (!_steps.TryGetValue(happened.Step, out var span))
        {
            span = Start($"step {step.Name}", _root.Context, happened.At);
            if (span is null) return;
            span.SetTag("flownexus.step.name", step.Name);
            span.SetTag("flownexus.step.type", step.Type);
            _steps[happened.Step] = span;
        }

        if (_attempts.Remove(happened.Step, out var before)) before.Stop();
        if (Start($"attempt {happened.Attempt}", span.Context, happened.At) is not { } attempt) return;
        attempt.SetTag("flownexus.attempt", happened.Attempt);
        if (happened.AgentId is { } agent) attempt.SetTag("flownexus.agent.id", agent);
        _attempts[happened.Step] = attempt;
    }

    private static void Stop(Dictionary<int, Activity> open, MachineEvent happened, string outcome)
    {
        if (!open.Remove(happened.Step, out var span)) return;
        span.SetTag("flownexus.outcome", outcome);
        if (happened.Problem is { } problem)
        {
            span.SetTag("error.type", problem.Code);
            span.SetStatus(ActivityStatusCode.Error, new LogRedaction().Text(problem.Message));
        }

        if (happened.At.UtcDateTime > span.StartTimeUtc) span.SetEndTime(happened.At.UtcDateTime);
        span.Stop();
    }

    /// <summary>Spans belong to their execution, not to the request or thread that happened to make them.</summary>
    private static Activity? Start(string name, ActivityContext parent, DateTimeOffset? at)
    {
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, ActivityKind.Internal, parent, startTime: at ?? default);
        }
        finally
        {
            Activity.Current = around;
        }
    }
}
