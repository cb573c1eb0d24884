using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// One transition of an execution in the making: what the machine established, as rows and sealed events. Works on
/// copies, so that a transition that does not commit leaves the driver as it was.
/// </summary>
internal sealed partial class DriverTurn
{
    private readonly PreparedWorkflow _workflow;
    private readonly ExecutionState _before;
    private readonly bool _insert;
    private readonly Dictionary<(int Step, int Attempt), AttemptFacts> _facts = [];
    private readonly Dictionary<int, Problem> _problems = [];
    private readonly List<MachineDecision> _timers = [];
    private readonly List<(TaskAssignment Assignment, DateTimeOffset At)> _assignments = [];
    private readonly List<(MachineInput.Reassign Input, (string AgentId, string Method, string? Details) Bound)> _bound = [];

    public DriverTurn(PreparedWorkflow workflow, ExecutionRow row, ExecutionState state, StepRow?[] steps, TaskRow?[] tasks, bool insert)
    {
        _workflow = workflow;
        _before = state;
        _insert = insert;
        State = state;
        Row = row.Copy();
        Steps = (StepRow?[])steps.Clone();
        Tasks = (TaskRow?[])tasks.Clone();
    }

    public ExecutionRow Row { get; }

    public ExecutionState State { get; private set; }

    public StepRow?[] Steps { get; }

    public TaskRow?[] Tasks { get; }

    public List<MachineEvent> Events { get; } = [];

    /// <summary>Decisions to carry out once this has committed.</summary>
    public List<MachineDecision> Effects { get; } = [];

    public bool ChangedAnything => _insert || ClaimFor is not null || _timers.Count > 0 || _bound.Count > 0 || Events.Count > 0 || Effects.Count > 0 || State.Progress > _before.Progress || State.Status != _before.Status;

    /// <summary>Lets the machine take inputs; returns what it wants evaluated inside this transition.</summary>
    public IEnumerable<MachineDecision.Evaluate> Take(IReadOnlyList<DriverInput> inputs, bool mayBegin)
    {
        foreach (var (input, facts) in inputs)
        {
            if (facts is null) continue;
            if (input is MachineInput.Reassign reassign && facts.Bound is { } bound && Tasks[reassign.Step] is { } task)
            {
                Tasks[reassign.Step] = TaskRows.Bound(task, bound.AgentId);
                _bound.Add((reassign, bound));
            }

            if (input is MachineInput.AttemptStarted started && facts.Assignment is { } assignment) _assignments.Add((assignment, started.At));
            if (Key(input) is { } key) _facts[key] = facts;
            Keep(input, facts);
        }

        var result = ExecutionMachine.Apply(_workflow.Plan, State, mayBegin, [.. inputs.Select(input => input.Input)]);
        State = result.State;
        Events.AddRange(result.Events);
        if (_workflow.TakesSignals) Receive(result.Events);
        List<MachineDecision.Evaluate> evaluations = [];
        foreach (var decision in result.Decisions)
        {
            if (decision is MachineDecision.Evaluate evaluate) evaluations.Add(evaluate);
            else if (decision is MachineDecision.EvaluateItems items) Batches.Add(items);
            else if (decision is MachineDecision.ReleaseChild released) _taken.Add(released.ChildId);
            else if (decision is MachineDecision.SetTimer or MachineDecision.ClearTimer) _timers.Add(decision);
            else Effects.Add(decision);
        }

        Effects.AddRange(_timers.OfType<MachineDecision.SetTimer>().Where(timer => !Effects.Contains(timer)));
        return evaluations;
    }

    /// <summary>Takes the execution over: the fence is the epoch that was read, and grows by one.</summary>
    public string? ClaimFor { get; init; }

    /// <param name="unresolved">Pure steps that were begun but are evaluated in a later transition; their rows stay as they are.</param>
    public Transition Build(DateTimeOffset now, IReadOnlySet<int> unresolved)
    {
        var transition = new Transition();
        var epoch = Row.Epoch;
        if (ClaimFor is { } owner)
        {
            Row.Epoch++;
            Row.Owner = owner;
        }

        foreach (var happened in Events)
            if (happened is { Step: >= 0, Problem: { } problem }) _problems[happened.Step] = problem;

        WriteAssignments(transition);
        UpdateRow();
        SealEvents(transition, now);

        // The row comes first: it carries the fence.
        if (_insert) transition.Writes.Insert(0, new RowWrite<ExecutionRow>(Storage.Journal.Tables.Executions, Row, Storage.Journal.Tables.Executions.InsertIfAbsent) { WhenNoRow = Refusal.Exists });
        else
        {
            var fenced = new Transition();
            fenced.Update(Row, epoch);
            transition.Writes.Insert(0, fenced.Writes[0]);
        }

        WriteSteps(transition, unresolved);
        WriteItems(transition);
        WriteSignals(transition);
        WriteTasks(transition, now);
        WriteTimers(transition);
        WriteCounters(transition);
        foreach (var ended in Events)
            if (ended is { Type: MachineEventType.ExecutionFailed, Problem: { Code: ProblemCodes.QueueTtlExpired } expired }) transition.DeadLetter(Row, expired, ended.At);
        return transition;
    }

    private void WriteAssignments(Transition transition)
    {
        foreach (var (assignment, at) in _assignments)
        {
            if (!Events.Exists(happened => happened.Type == MachineEventType.StepStarted && happened.Step == assignment.Ordinal && happened.Attempt == assignment.Attempt)) continue;
            if (Steps[assignment.Ordinal]?.AgentId is { } previous && previous != assignment.AgentId) Row.AgentSwitches++;
            if (assignment.PriceMicro > 0) transition.Book(Entry("charge", -assignment.PriceMicro, assignment.Ordinal, assignment.Attempt, assignment.AgentId, at));
            Row.CreditsMicro += assignment.PriceMicro;
        }

        // An attempt lost with the process that ran it is not the customer's to pay.
        foreach (var lost in Events.Where(happened => happened.Type == MachineEventType.AttemptLost || happened.Problem?.Code == ProblemCodes.StepLost))
        {
            if (lost.Step < 0 || Tasks[lost.Step] is not { PaidMicro: > 0 } task) continue;
            transition.Book(Entry("refund", task.PaidMicro, lost.Step, lost.Attempt, lost.AgentId, lost.At));
            Row.CreditsMicro -= task.PaidMicro;
        }
    }

    private LedgerRow Entry(string kind, long amount, int ordinal, int attempt, string? agentId, DateTimeOffset at) => new()
    {
        Account = Row.Account,
        Kind = kind,
        AmountMicro = amount,
        At = UnixMicros.Of(at),
        WorkflowId = Row.WorkflowId,
        ExecutionId = Row.Id,
        StepName = _workflow.Definition.Steps[ordinal].Name,
        TaskId = Tasks[ordinal]?.Id,
        Attempt = attempt,
        AgentId = agentId,
    };

    private void UpdateRow()
    {
        Row.Status = State.Status.Word();
        Row.StartedAt = UnixMicros.Of(State.StartedAt);
        Row.FinishedAt = UnixMicros.Of(State.FinishedAt);
        Row.Progress = State.Progress;
        Row.Reopens = State.Reopens;
        Row.Control = State.Control is null ? null : System.Text.Json.JsonSerializer.Serialize(State.Control, ProblemJson.Options);
        Row.StepsCompleted = State.Steps.Count(step => step.Status is StepStatus.Completed or StepStatus.Skipped);
        foreach (var facts in _facts.Values.Concat(_itemFacts.Values))
            Row.BytesProcessed += (facts.Result?.BytesRead ?? 0) + facts.Output.Bytes + (facts.Result?.Artifacts.Sum(artifact => artifact.Size) ?? 0);
        if (State.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut && Events.FindLast(happened => happened.Step < 0 && happened.Problem is not null) is { Problem: { } problem })
            Row.Error = ExecutionRows.Json(problem);
    }

    private void SealEvents(Transition transition, DateTimeOffset now)
    {
        var salts = RandomBytes.Get(EventChain.SaltBytes * (Events.Count + _assignments.Count + _bound.Count + 1));
        var next = 0;
        if (_insert && State.Status == ExecutionStatus.Queued) Seal("execution_queued", now, null, null, Row.UserId, EventPayload.Queued(Row));
        foreach (var (input, bound) in _bound)
            Seal("agent_bound", input.At, _workflow.Definition.Steps[input.Step].Name, bound.AgentId, input.By, EventPayload.Bound(Tasks[input.Step]!.Id, bound.Method, bound.Details));
        foreach (var happened in Events)
        {
            var name = happened.Step >= 0 ? _workflow.Definition.Steps[happened.Step].Name : null;
            if (happened.Type == MachineEventType.StepStarted && _assignments.Find(x => x.Assignment.Ordinal == happened.Step && x.Assignment.Attempt == happened.Attempt).Assignment is { } assignment)
                Seal("agent_assigned", happened.At, name, assignment.AgentId, null, EventPayload.Assigned(Tasks[happened.Step]!, assignment));
            var user = happened.By ?? (happened.Type == MachineEventType.ExecutionStarted ? Row.UserId : null);
            Seal(happened.Type.Word(), happened.At, name, happened.AgentId, user, EventPayload.Of(happened, Row, _facts.GetValueOrDefault((happened.Step, happened.Attempt))));
        }

        void Seal(string type, DateTimeOffset at, string? step, string? agent, string? user, string payload)
        {
            var row = new EventRow
            {
                Stream = Row.Id,
                Seq = ++Row.EventSeq,
                EventId = NewId.Event(at),
                Type = type,
                At = UnixMicros.Of(at),
                WorkflowId = Row.WorkflowId,
                ExecutionId = Row.Id,
                StepName = step,
                AgentId = agent,
                UserId = user,
                Payload = payload,
            };
            EventChain.Seal(row, Row.EventHead, salts.AsSpan(next++ * EventChain.SaltBytes, EventChain.SaltBytes).ToArray());
            Row.EventHead = row.Hash;
            transition.Events.Add(row);
        }
    }

    private void WriteSteps(Transition transition, IReadOnlySet<int> unresolved)
    {
        for (var ordinal = 0; ordinal < Steps.Length; ordinal++)
        {
            var state = State.Steps[ordinal];
            if (ReferenceEquals(state, _before.Steps[ordinal]) || unresolved.Contains(ordinal)) continue;
            var facts = _facts.GetValueOrDefault((ordinal, state.Attempt));
            Steps[ordinal] = ExecutionRows.Step(Row.Id, _workflow, ordinal, state, Steps[ordinal], Tasks[ordinal]?.Id, facts, _problems.GetValueOrDefault(ordinal));
            transition.Upsert(Storage.Journal.Tables.Steps, Steps[ordinal]!);
            if (facts?.Result is not { Failure: null } result || state.Status != StepStatus.Completed) continue;
            foreach (var artifact in result.Artifacts) transition.InsertIfAbsent(Storage.Journal.Tables.Artifacts, Artifact(artifact, ordinal, "file", state.FinishedAt));
            if (facts.Output.Artifact is { } body) transition.InsertIfAbsent(Storage.Journal.Tables.Artifacts, Artifact(body, ordinal, "body", state.FinishedAt));
        }
    }

    private ArtifactRow Artifact(Artifacts.ArtifactReference artifact, int ordinal, string kind, DateTimeOffset? at) => new()
    {
        Id = artifact.ArtifactId,
        ExecutionId = Row.Id,
        StepName = _workflow.Definition.Steps[ordinal].Name,
        Kind = kind,
        Name = artifact.Name,
        MediaType = artifact.MediaType,
        Size = artifact.Size,
        Sha256 = artifact.Sha256,
        CreatedAt = UnixMicros.Of(at ?? default),
    };

    private void WriteTasks(Transition transition, DateTimeOffset now)
    {
        for (var ordinal = 0; ordinal < Tasks.Length; ordinal++)
        {
            if (Tasks[ordinal] is not { } task) continue;
            var changed = !ReferenceEquals(State.Steps[ordinal], _before.Steps[ordinal]);
            if (!changed && !_insert && !_bound.Exists(x => x.Input.Step == ordinal)) continue;
            if (changed)
            {
                var assignment = _assignments.Find(x => x.Assignment.Ordinal == ordinal).Assignment;
                task = TaskRows.After(task, State.Steps[ordinal], assignment, now);
                Tasks[ordinal] = task;
                CountOutcome(transition, ordinal);
            }

            transition.Upsert(Storage.Journal.Tables.Tasks, task);
        }
    }

    private void CountOutcome(Transition transition, int ordinal)
    {
        foreach (var happened in Events)
        {
            if (happened.Step != ordinal || happened.AgentId is not { } agent) continue;
            var completed = happened.Type == MachineEventType.StepCompleted;
            var failed = happened.Type is MachineEventType.StepRetrying or MachineEventType.StepReopened or MachineEventType.StepHeld or MachineEventType.StepFailed or MachineEventType.StepTimedOut;
            if (!completed && !failed) continue;
            var busy = _before.Steps[ordinal].AttemptStartedAt is { } since ? UnixMicros.Of(happened.At) - UnixMicros.Of(since) : 0;
            transition.Outcome(agent, completed, failed, busy);
        }
    }

    private void WriteTimers(Transition transition)
    {
        if (State.Status.IsTerminal())
        {
            if (!_insert) transition.ClearTimers(Row.Id);
            return;
        }

        foreach (var decision in _timers)
        {
            if (decision is MachineDecision.SetTimer set)
                transition.Upsert(Storage.Journal.Tables.Timers, new TimerRow { ExecutionId = Row.Id, Kind = set.Kind.Word(), Ordinal = set.Step, Attempt = set.Attempt, DueAt = UnixMicros.Of(set.DueAt) });
            else if (decision is MachineDecision.ClearTimer clear)
                transition.ClearTimer(Row.Id, clear.Kind.Word(), clear.Step);
        }
    }

    /// <summary>Removes the row of a timer that rang; what it led to is in this transition.</summary>
    public void Rang(MachineInput.TimerDue due) => _timers.Insert(0, new MachineDecision.ClearTimer(due.Kind, due.Step));

    private void WriteCounters(Transition transition)
    {
        var started = _before.StartedAt is null && State.StartedAt is { } at ? UnixMicros.Of(at) : (long?)null;
        FinishedCount? finished = null;
        if (!_before.Status.IsTerminal() && State.Status.IsTerminal())
        {
            var duration = State.StartedAt is { } since && State.FinishedAt is { } until ? UnixMicros.Of(until) - UnixMicros.Of(since) : 0;
            finished = new FinishedCount(State.Status == ExecutionStatus.Completed, State.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut, duration, Row.CreditsMicro);
        }

        transition.Count(Row.WorkflowId, started, finished);
    }

    private static (int, int)? Key(MachineInput input) => input switch
    {
        MachineInput.AttemptCompleted completed => (completed.Step, completed.Attempt),
        MachineInput.AttemptFailed failed => (failed.Step, failed.Attempt),
        _ => null,
    };
}
