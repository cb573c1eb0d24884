using System.Diagnostics;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>What follows a commit: agents are asked for, attempts run, report and end.</summary>
internal sealed partial class ExecutionDriver
{
    private void Act(DriverTurn turn)
    {
        foreach (var happened in turn.Events)
            if (happened.Step >= 0 && _tasks[happened.Step] is { } task && EndsAttempt(happened.Type)) _ = _environment.Tasks.ReleaseAsync(task.Id, happened.Attempt);

        foreach (var happened in turn.Events)
            if (happened.Type is MachineEventType.ExecutionPaused or MachineEventType.ExecutionResumed && _workflow.StartsOthers) _environment.Children.Value.PassDown(_row.Id, happened);
        foreach (var effect in turn.Effects)
        {
            switch (effect)
            {
                // A later input of the same transition may have ended the attempt: then it never runs.
                case MachineDecision.Run run:
                    if (_state.Steps[run.Step] is { Status: StepStatus.InProgress } running && running.Attempt == run.Attempt) Run(run);
                    break;
                case MachineDecision.Request request:
                    if (_state.Steps[request.Step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent } waiting && waiting.Attempt == request.Attempt) _ = RequestAsync(request);
                    break;
                case MachineDecision.Abandon abandon:
                    if (_tasks[abandon.Step] is { } abandoned) _ = _environment.Tasks.ReleaseAsync(abandoned.Id, abandon.Attempt);
                    lock (_gate)
                        if (_attempts.TryGetValue((abandon.Step, abandon.Attempt), out var attempt)) attempt.Abandon();
                    AbandonItems(abandon.Step);
                    break;
                case MachineDecision.Signal signal:
                    lock (_gate)
                        if (_attempts.TryGetValue((signal.Step, signal.Attempt), out var signalled)) signalled.Stop.Cancel();
                    break;
                case MachineDecision.StartChild or MachineDecision.CancelChild or MachineDecision.RunItem or MachineDecision.AbandonItem or MachineDecision.Gather:
                    ActOnParts(effect);
                    break;
                case MachineDecision.Enqueue:
                    _ = EnqueueAsync();
                    break;
                case MachineDecision.SetTimer timer:
                    _environment.Timers.Hint(timer.DueAt);
                    break;
            }
        }
    }

    /// <summary>The queue of tasks has forgotten whom it gave no agent yet.</summary>
    public void AskAgain()
    {
        var state = _state;
        List<MachineDecision.Request> asked;
        lock (_gate) asked = [.. _asked.Values];
        foreach (var request in asked)
            if (state.Steps[request.Step] is { Status: StepStatus.Waiting, Wait: WaitReason.Agent } waiting && waiting.Attempt == request.Attempt) _ = RequestAsync(request);
    }

    private static bool EndsAttempt(MachineEventType type) => type is MachineEventType.StepCompleted or MachineEventType.StepFailed or MachineEventType.StepRetrying
        or MachineEventType.StepReopened or MachineEventType.StepHeld or MachineEventType.StepTimedOut or MachineEventType.StepCancelled or MachineEventType.AttemptLost or MachineEventType.AttemptAbandoned;

    private async Task EnqueueAsync()
    {
        try
        {
            await _environment.Queue.EnqueueAsync(QueueEntries.Of(_row));
        }
        catch (Exception failure)
        {
            _environment.Log.LogError(failure, "Execution {Execution} is due and could not be put in line; it is when the engine starts again.", ExecutionId);
        }
    }

    private async Task RequestAsync(MachineDecision.Request request)
    {
        lock (_gate) _asked[request.Step] = request;
        var step = _workflow.Definition.Steps[request.Step];
        var task = _tasks[request.Step]!;
        var excluded = request.DifferentAgent ? TaskRows.Tried(task) : [];
        try
        {
            var needs = _environment.Needs.For(step, _workflow.Definition.Configuration.AgentTierPreference);
            await _environment.Tasks.RequestAsync(new TaskMessage(task.Id, _row.Id, request.Step, request.Attempt, _row.Priority, step.Name)
            {
                Description = step.Description,
                AgentType = request.AgentType ?? step.AgentType,
                TypeRequired = request.AgentType is not null,
                TierPreference = needs.TierPreference,
                Skills = needs.Skills,
                SoftSkills = needs.SoftSkills,
                Excluded = excluded,
                
                // Whom somebody bound had its chance: neither the fallback nor a different agent can be the same one.
                BoundAgentId = request.AgentType is null && task.BoundAgentId is { } bound && !excluded.Contains(bound) ? bound : null,
            });
        }
        catch (Exception failure)
        {
            _environment.Log.LogError(failure, "Task {Task} could not be queued.", task.Id);
            var problem = new Problem(ProblemCodes.InternalError, $"The task of step \"{step.Name}\" could not be queued: {failure.Message}");
            var now = _environment.Now();
            Post(new DriverInput(new MachineInput.AttemptFailed(request.Step, request.Attempt, problem, true, ExecutionEnvironment.Jitter(), now)));
        }
    }

    private void Run(MachineDecision.Run run)
    {
        var attempt = new Attempt();
        lock (_gate)
        {
            if (_closed) return;
            _attempts[(run.Step, run.Attempt)] = attempt;
        }

        var state = _state;
        var rows = (StepRow?[])_steps.Clone();
        var span = _trace?.Of(run.Step);
        _ = Task.Run(() => RunAttemptAsync(run, attempt, state, rows, span));
    }

    private async Task RunAttemptAsync(MachineDecision.Run run, Attempt attempt, ExecutionState state, StepRow?[] rows, Activity? span)
    {
        Activity.Current = span;
        var step = _workflow.Definition.Steps[run.Step];
        var since = Stopwatch.GetTimestamp();
        using var files = new AttemptFiles(_environment.Artifacts, _environment.Database, _row.Id);
        var log = _environment.LogOf(new LogSource(_row.Id, run.Step, step.Name, -1, run.Attempt), new LogAllowance());
        DriverInput ended;
        try
        {
            var context = new StepContext
            {
                Step = step,
                Scope = Scope(run.Step, new StepOutputs(_workflow, rows, _environment.Artifacts), ReadInput(), state, name => StepErrors.Of(_workflow, rows, [], name)),
                Attempt = run.Attempt,
                IdempotencyKey = $"{_row.Id}:{step.Name}:0",
                Artifacts = files,
                Time = _environment.Time,
                Log = log,
                TraceParent = span?.Id ?? _row.Trace,
                Agent = state.Steps[run.Step].AgentId is { } agentId ? await _environment.Agents.FindAsync(agentId) : null,
                ReportProgress = fraction => Progress(run, attempt, fraction),
            };
            var result = await ((IEffectBehaviour)_workflow.Behaviours[run.Step]).RunAsync(context, attempt.Stop.Token);
            AttemptLines.Ended(log, result, Stopwatch.GetElapsedTime(since));
            ended = Ended(run.Step, run.Attempt, result, Stopwatch.GetElapsedTime(since));
            if (result.Failure is null && !attempt.IsAbandoned) files.Keep();
        }
        catch (Exception failure)
        {
            var result = Failure(step.Name, failure);
            if (attempt.Stop.IsCancellationRequested) log.Warning("Stopped before it was done.");
            else AttemptLines.Ended(log, result, Stopwatch.GetElapsedTime(since));
            ended = Ended(run.Step, run.Attempt, result, Stopwatch.GetElapsedTime(since));
        }

        log.Close();

        Post(ended);
        lock (_gate) _attempts.Remove((run.Step, run.Attempt));
        attempt.Stop.Dispose();
        Rest();
    }

    /// <summary>At most four times a second and step, so that eager code costs nothing.</summary>
    private void Progress(MachineDecision.Run run, Attempt attempt, double fraction)
    {
        var now = Stopwatch.GetTimestamp();
        lock (attempt)
        {
            if (attempt.Stop.IsCancellationRequested || Stopwatch.GetElapsedTime(attempt.Reported, now) < TimeSpan.FromMilliseconds(250)) return;
            attempt.Reported = now;
        }

        Post(new DriverInput(new MachineInput.AttemptProgressed(run.Step, run.Attempt, fraction, _environment.Now())));
        _environment.Feed.Publish(new ExecutionProgress(_row.Id, _row.WorkflowId, _row.Progress, _workflow.Definition.Steps[run.Step].Name, fraction));
    }

    private sealed class Attempt
    {
        public CancellationTokenSource Stop { get; } = new();

        public long Reported { get; set; }

        /// <summary>Nothing it reports counts any more.</summary>
        public bool IsAbandoned { get; private set; }

        public void Abandon()
        {
            IsAbandoned = true;
            Stop.Cancel();
        }
    }
}
