using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Families;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Items of loops and other executions that this one starts.</summary>
internal sealed partial class ExecutionDriver
{
    private readonly Dictionary<(int Step, int Item), Attempt> _items = [];
    private readonly Dictionary<int, JsonArray> _loopItems = [];
    private readonly ConcurrentDictionary<(int Step, int Attempt), LogAllowance> _loopLines = new();
    private IReadOnlyList<MachineDecision.EvaluateItems> _batches = [];

    private void ActOnParts(MachineDecision effect)
    {
        switch (effect)
        {
            case MachineDecision.StartChild child:
                var rows = (StepRow?[])_steps.Clone();
                var state = _state;
                var value = child.Item < 0 ? null : Item(child.Step, child.Item);
                var trace = _trace?.Of(child.Step).Id ?? _row.Trace;
                _ = Task.Run(() => StartChildAsync(child, state, rows, value, trace));
                break;
            case MachineDecision.CancelChild late:
                _environment.Children.Value.Cancel(late.ChildId);
                break;
            case MachineDecision.RunItem run:
                RunItem(run);
                break;
            case MachineDecision.AbandonItem abandon:
                lock (_gate)
                    if (_items.TryGetValue((abandon.Step, abandon.Item), out var running)) running.Stop.Cancel();
                if (_workflow.StartsOthers) _environment.Children.Value.Cancel(_row.Id, abandon.Step, abandon.Item);
                break;
            case MachineDecision.Gather gather:
                _ = Task.Run(() => GatherAsync(gather));
                break;
        }
    }

    private void AbandonItems(int step)
    {
        if (_workflow.Plan.Steps[step].Kind is not (StepKind.Child or StepKind.Loop)) return;
        lock (_gate)
            foreach (var (key, item) in _items)
                if (key.Step == step) item.Stop.Cancel();
        if (_workflow.StartsOthers) _environment.Children.Value.Cancel(_row.Id, step, null);
    }

    private async Task StartChildAsync(MachineDecision.StartChild start, ExecutionState state, StepRow?[] rows, LoopItem? item, string? trace)
    {
        var step = _workflow.Definition.Steps[start.Step];
        try
        {
            var scope = Scope(start.Step, new StepOutputs(_workflow, rows, _environment.Artifacts), ReadInput(), state, name => StepErrors.Of(_workflow, rows, [], name), item, await LocalsAsync(start));
            var behaviour = _workflow.Behaviours[start.Step] is ILoopBehaviour loop ? (IChildBehaviour)loop.Body : (IChildBehaviour)_workflow.Behaviours[start.Step];
            var call = behaviour.Call(scope);
            var child = await _environment.Children.Value.StartAsync(call, _row, new ParentLink(_row.Id, start.Step, start.Item, start.Attempt, _row.Depth + 1, call.Waits), trace);
            if (call.Waits) Post(new DriverInput(new MachineInput.ChildStarted(start.Step, start.Attempt, start.Item, child.Id, _environment.Now())));
            else Post(Ended(start, StepResult.Completed(new JsonObject { ["execution_id"] = child.Id, ["workflow_id"] = child.WorkflowId }), child.Id));
        }
        catch (Exception failure)
        {
            var known = failure as ProblemException;
            Post(Ended(start, known is null ? Failure(step.Name, failure) : StepResult.Failed(known.Problem, retryable: known.Problem.RetryAfter is not null), null));
        }
    }

    private DriverInput Ended(MachineDecision.StartChild start, StepResult result, string? childId)
    {
        if (start.Item >= 0) return ItemEnded(start.Step, start.Item, start.Attempt, result, TimeSpan.Zero, childId);
        var ended = Ended(start.Step, start.Attempt, result, TimeSpan.Zero);
        return ended.Input is MachineInput.AttemptCompleted completed ? ended with { Input = completed with { ChildId = childId } } : ended;
    }

    private void RunItem(MachineDecision.RunItem run)
    {
        var attempt = new Attempt();
        lock (_gate)
        {
            if (_closed) return;
            _items[(run.Step, run.Item)] = attempt;
        }

        var (state, rows, item, span) = (_state, (StepRow?[])_steps.Clone(), Item(run.Step, run.Item), _trace?.Of(run.Step));
        _ = Task.Run(() => RunItemAsync(run, attempt, state, rows, item, span));
    }

    private async Task RunItemAsync(MachineDecision.RunItem run, Attempt attempt, ExecutionState state, StepRow?[] rows, LoopItem item, Activity? span)
    {
        Activity.Current = span;
        var step = _workflow.Definition.Steps[run.Step];
        var loop = (ILoopBehaviour)_workflow.Behaviours[run.Step];
        var since = Stopwatch.GetTimestamp();
        using var files = new AttemptFiles(_environment.Artifacts, _environment.Database, _row.Id);
        var log = _environment.LogOf(new LogSource(_row.Id, run.Step, step.Name, run.Item, run.Attempt), _loopLines.GetOrAdd((run.Step, run.Attempt), static _ => new LogAllowance()));
        StepResult result;
        try
        {
            var context = new StepContext
            {
                Step = loop.BodyStep,
                Scope = Scope(run.Step, new StepOutputs(_workflow, rows, _environment.Artifacts), ReadInput(), state, name => StepErrors.Of(_workflow, rows, [], name), item),
                Attempt = run.Attempt,
                IdempotencyKey = $"{_row.Id}:{step.Name}:{run.Item}",
                Artifacts = files,
                Time = _environment.Time,
                Log = log,
                TraceParent = span?.Id ?? _row.Trace,
                ReportProgress = static _ => { },
            };
            result = await ((IEffectBehaviour)loop.Body).RunAsync(context, attempt.Stop.Token);
            if (result.Failure is null && !attempt.Stop.IsCancellationRequested) files.Keep();
        }
        catch (Exception failure)
        {
            result = Failure(step.Name, failure);
        }

        if (attempt.Stop.IsCancellationRequested) log.Warning("Stopped before it was done.");
        else AttemptLines.Ended(log, result, Stopwatch.GetElapsedTime(since));
        Post(ItemEnded(run.Step, run.Item, run.Attempt, result, Stopwatch.GetElapsedTime(since), null));
        lock (_gate)
            if (_items.TryGetValue((run.Step, run.Item), out var current) && ReferenceEquals(current, attempt)) _items.Remove((run.Step, run.Item));
        attempt.Stop.Dispose();
        Rest();
    }

    private DriverInput ItemEnded(int step, int item, int attempt, StepResult result, TimeSpan duration, string? childId)
    {
        var output = result.Failure is null ? _environment.Store(_workflow.Definition.Steps[step].Name, result.Output) : default;
        return new DriverInput(
            new MachineInput.ItemEnded(step, item, attempt, result.Failure, result.Retryable, ExecutionEnvironment.Jitter(), _environment.Now()),
            new AttemptFacts { Result = result, Output = output, Duration = duration, ChildId = childId });
    }

    /// <summary>At most one batch a transition, so that a cancel, a pause or a timeout gets its turn between two.</summary>
    private void EvaluateBatchInto(DriverTurn turn)
    {
        List<MachineDecision.EvaluateItems> waiting = [.. _batches, .. turn.Batches];
        turn.Batches.Clear();
        if (waiting.Count > 0 && !turn.State.Status.IsTerminal())
        {
            var batch = waiting[0];
            waiting.RemoveAt(0);
            Enqueue(turn, [Evaluate(batch, turn)]);
            waiting.AddRange(turn.Batches);
        }

        _batches = turn.State.Status.IsTerminal() ? [] : waiting;
    }

    private DriverInput Evaluate(MachineDecision.EvaluateItems batch, DriverTurn turn)
    {
        var step = _workflow.Definition.Steps[batch.Step];
        var loop = (ILoopBehaviour)_workflow.Behaviours[batch.Step];
        var body = (IPureBehaviour)loop.Body;
        List<Problem?> outcomes = [];
        List<StoredOutput> outputs = [];
        for (var index = batch.First; index < batch.First + batch.Count; index++)
        {
            StepResult result;
            try
            {
                result = body.Evaluate(Scope(batch.Step, _outputs, Input(), turn.State, name => StepErrors.Of(_workflow, _steps, turn.Events, name), Item(batch.Step, index)));
            }
            catch (Exception failure)
            {
                result = Failure(step.Name, failure);
            }

            outcomes.Add(result.Failure);
            outputs.Add(result.Failure is null ? _environment.Store(step.Name, result.Output) : default);
        }

        return new DriverInput(new MachineInput.ItemsEvaluated(batch.Step, batch.Attempt, batch.First, outcomes, _environment.Now()), new AttemptFacts { Items = outputs });
    }

    /// <summary>The item as the body sees it; a copy, because JSON nodes are not safe to read from several threads.</summary>
    private LoopItem Item(int step, int index)
    {
        var loop = (ILoopBehaviour)_workflow.Behaviours[step];
        var items = Items(step, loop, Scope(step, _outputs, Input(), _state, name => StepErrors.Of(_workflow, _steps, [], name)));
        return new LoopItem(items[index]?.DeepClone(), index);
    }

    private JsonArray Items(int step, ILoopBehaviour loop, StepScope scope)
    {
        if (_loopItems.TryGetValue(step, out var known)) return known;
        return _loopItems[step] = loop.Items(scope);
    }

    private async Task GatherAsync(MachineDecision.Gather gather)
    {
        var step = _workflow.Definition.Steps[gather.Step];
        if (_loopLines.TryRemove((gather.Step, gather.Attempt), out var lines)) _environment.LogOf(new LogSource(_row.Id, gather.Step, step.Name, -1, gather.Attempt), lines).Close();
        DriverInput ended;
        try
        {
            var loop = (ILoopBehaviour)_workflow.Behaviours[gather.Step];
            if (loop.Until is { } until)
            {
                Post(Ended(gather.Step, gather.Attempt, await RepeatedAsync(gather.Step, until), TimeSpan.Zero));
                return;
            }

            var (output, records) = await LoopOutput.ReadAsync(_environment, _row.Id, gather.Step, step.Name, _state.Steps[gather.Step].Loop!.Count, loop.ListsErrors);
            ended = new DriverInput(
                new MachineInput.AttemptCompleted(gather.Step, gather.Attempt, null, _environment.Now()),
                new AttemptFacts { Result = new StepResult { RecordsProcessed = records }, Output = output });
        }
        catch (Exception failure)
        {
            ended = Ended(gather.Step, gather.Attempt, Failure(step.Name, failure), TimeSpan.Zero);
        }

        Post(ended);
    }
}
