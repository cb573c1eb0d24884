using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>
/// Everything around one machine: carries out its decisions the way a driver does and, after every transition, checks
/// what must hold whatever happens.
/// </summary>
internal sealed partial class MachineWorld
{
    private static readonly Problem Trouble = new("STEP_FAILED", "it failed");
    private readonly Dice _dice;
    private readonly HashSet<(int Step, int Attempt)> _running = [];
    private readonly HashSet<(int Step, int Attempt)> _requests = [];
    private readonly Dictionary<(TimerKind Kind, int Step), (int Attempt, DateTimeOffset DueAt)> _timers = [];
    private readonly List<MachineDecision.AnswerSignal> _answers = [];
    private ExecutionState _replayed;

    public MachineWorld(ExecutionPlan plan, Dice dice)
    {
        Plan = plan;
        _dice = dice;
        State = ExecutionState.New(plan.Steps.Count);
        _replayed = State;
    }

    public ExecutionPlan Plan { get; }

    public ExecutionState State { get; private set; }

    public List<MachineEvent> Events { get; } = [];

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public void Start() => Apply(new MachineInput.Start(Now));

    /// <summary>Something happens: an answer from outside, a timer, a person, a crash, or an input that comes late or twice.</summary>
    public void Disturb()
    {
        Now += TimeSpan.FromMilliseconds(_dice.Roll(2000));
        switch (_dice.Roll(24))
        {
            case 0 or 1 or 2 when _running.Count > 0: Complete(_dice.Pick([.. _running])); break;
            case 3 or 4 when _running.Count > 0: Fail(_dice.Pick([.. _running]), _dice.Chance(4)); break;
            case 5 when _running.Count > 0: Lose(_dice.Pick([.. _running])); break;
            case 6 or 7 or 8 when _requests.Count > 0: Assign(_dice.Pick([.. _requests])); break;
            case 9 when _requests.Count > 0: Refuse(_dice.Pick([.. _requests])); break;
            case 10 or 11 when _timers.Count > 0: Ring(); break;
            case 18 or 19 or 20 when _items.Count + _children.Count > 0: DisturbItems(); break;
            case 21 when _batches.Count > 0: Evaluate(_batches.Dequeue()); break;
            case 12: Apply(_dice.Chance(2) ? new MachineInput.Pause("u", null, Now) : new MachineInput.Resume("u", Now)); break;
            case 13 when _dice.Chance(6): Apply(new MachineInput.Cancel("u", "enough", TimeSpan.FromSeconds(_dice.Roll(3)), Now)); break;
            case 14: Crash(); break;
            case 15: Apply(new MachineInput.Reassign(_dice.Roll(Plan.Steps.Count), "u", Now)); break;
            case 16: Apply(Stale()); break;
            case 22 or 23: Send($"g{_dice.Roll(2)}", _dice.Chance(4) ? $"k{_dice.Roll(5)}" : null); break;
            case 17 when _running.Count > 0: Progress(_dice.Pick([.. _running])); break;
        }
    }

    /// <summary>From now on the environment answers everything, well or badly.</summary>
    public void Settle()
    {
        for (var round = 0; !State.Status.IsTerminal(); round++)
        {
            Assert.True(round < 2000, "The execution does not end.");
            if (State.Status == ExecutionStatus.Paused) Apply(new MachineInput.Resume("u", Now));
            else if (_requests.Count > 0) Assign(_requests.First());
            else if (_batches.Count > 0) Evaluate(_batches.Dequeue());
            else if (_items.Count + _children.Count > 0) SettleItems();
            else if (_running.Count > 0) Complete(_running.First());
            else if (Array.FindIndex(State.Steps, step => step is { Status: StepStatus.Waiting, Wait: WaitReason.Signal }) is var waits and >= 0) Send(Plan.Steps[waits].Signal!, null);
            else if (_timers.Count > 0) Ring();
            else Assert.Fail($"Stuck: {State.Status}, {string.Join(", ", State.Steps.Select(step => $"{step.Status}/{step.Wait}"))}");
        }
    }

    private void Complete((int Step, int Attempt) attempt)
    {
        _running.Remove(attempt);
        Apply(new MachineInput.AttemptCompleted(attempt.Step, attempt.Attempt, null, Now));
    }

    private void Fail((int Step, int Attempt) attempt, bool final)
    {
        _running.Remove(attempt);
        Apply(new MachineInput.AttemptFailed(attempt.Step, attempt.Attempt, Trouble, !final, _dice.Roll(100) / 99.0, Now));
    }

    private void Lose((int Step, int Attempt) attempt)
    {
        _running.Remove(attempt);
        Apply(new MachineInput.AttemptLost(attempt.Step, attempt.Attempt, Now));
    }

    private void Assign((int Step, int Attempt) request)
    {
        _requests.Remove(request);
        Apply(new MachineInput.AttemptStarted(request.Step, request.Attempt, $"agent{_dice.Roll(3)}", Now));
    }

    private void Refuse((int Step, int Attempt) request)
    {
        _requests.Remove(request);
        Apply(new MachineInput.AttemptFailed(request.Step, request.Attempt, Trouble, false, 0, Now));
    }

    private void Progress((int Step, int Attempt) attempt) => Apply(new MachineInput.AttemptProgressed(attempt.Step, attempt.Attempt, _dice.Roll(150) / 100.0, Now));

    private void Ring()
    {
        var ((kind, step), (attempt, due)) = _timers.MinBy(timer => timer.Value.DueAt);
        _timers.Remove((kind, step));
        if (due > Now) Now = due;
        Apply(new MachineInput.TimerDue(kind, step, attempt, _dice.Roll(100) / 99.0, Now));
    }

    private void Send(string name, string? key)
    {
        var sent = new MachineInput.SignalSent(name, "1", "u", key, Now);
        var waited = State.Steps.Where((step, i) => step is { Status: StepStatus.Waiting, Wait: WaitReason.Signal } && Plan.Steps[i].Signal == sent.Name).Any();
        var ended = State.Status.IsTerminal();
        _answers.Clear();
        Apply(sent);
        if (ended) return;
        var answer = Assert.Single(_answers);
        if (waited && answer.Outcome != SignalOutcome.Known) Assert.Equal(SignalOutcome.Delivered, answer.Outcome);
        if (answer.Outcome == SignalOutcome.Delivered) Assert.Equal(StepStatus.Completed, State.Steps[answer.Step].Status);
    }

    /// <summary>The process is gone with everything that ran in it; timers are rows and survive.</summary>
    private void Crash()
    {
        _running.Clear();
        _requests.Clear();
        ForgetItems();
        Apply(new MachineInput.Recovered(Now));
    }

    /// <summary>An input for an attempt that is not (or no longer) the current one, or one that comes twice.</summary>
    private MachineInput Stale()
    {
        var step = _dice.Roll(Plan.Steps.Count);
        var current = State.Steps[step].Attempt;
        var old = _dice.Chance(2) ? current - 1 : current + 1 + _dice.Roll(3);
        if (!_running.Contains((step, current)) && !_requests.Contains((step, current)) && _dice.Chance(2)) old = current;
        return _dice.Roll(7) switch
        {
            0 => new MachineInput.AttemptCompleted(step, old, null, Now),
            1 => new MachineInput.AttemptFailed(step, old, Trouble, true, 0.5, Now),
            2 => new MachineInput.AttemptLost(step, old, Now),
            3 => new MachineInput.TimerDue((TimerKind)_dice.Roll(5), step, current - 1, 0.5, Now),
            4 => new MachineInput.Start(Now),
            5 => new MachineInput.AttemptStarted(step, _running.Contains((step, current)) ? current : old, "agent9", Now),
            _ => new MachineInput.DelayStarted(step, old, Now + TimeSpan.FromHours(1), Now),
        };
    }

    private void Apply(MachineInput input)
    {
        var before = State;
        var wasTerminal = State.Status.IsTerminal();
        List<MachineInput> inputs = [input];
        List<MachineEvent> happened = [];
        while (inputs.Count > 0)
        {
            var result = ExecutionMachine.Apply(Plan, State, inputs);
            State = result.State;
            happened.AddRange(result.Events);
            inputs = [.. result.Decisions.OfType<MachineDecision.Evaluate>().Select(Evaluate)];
            foreach (var decision in result.Decisions) Carry(decision, before);
        }

        foreach (var one in happened) Check(one);
        Events.AddRange(happened);
        if (State.Status.IsTerminal())
        {
            _timers.Clear();
            Assert.False(wasTerminal && happened.Exists(one => one.Type != MachineEventType.AttemptDiscarded), "Something happened after the end.");
        }

        CheckState(before);
    }

    private MachineInput Evaluate(MachineDecision.Evaluate evaluate)
    {
        if (Plan.Steps[evaluate.Step].Kind == StepKind.Loop) return new MachineInput.LoopStarted(evaluate.Step, evaluate.Attempt, CountOf(evaluate.Step), Now);
        if (Plan.Steps[evaluate.Step].Kind == StepKind.Delay) return new MachineInput.DelayStarted(evaluate.Step, evaluate.Attempt, Now + TimeSpan.FromSeconds(_dice.Roll(100)), Now);
        if (_dice.Chance(8)) return new MachineInput.AttemptFailed(evaluate.Step, evaluate.Attempt, Trouble, _dice.Chance(2), 0.5, Now);
        string[] targets = [.. WorkflowGraph.Targets(Plan.Graph.Steps[evaluate.Step])];
        var taken = Plan.Graph.Steps[evaluate.Step].Switch is null ? targets.Take(1 + _dice.Roll(targets.Length + 1)).TakeLast(1) : targets.Where(_ => _dice.Chance(2));
        return new MachineInput.AttemptCompleted(evaluate.Step, evaluate.Attempt, _dice.Chance(4) ? null : BranchTargets.Join([.. taken]), Now);
    }

    private void Carry(MachineDecision decision, ExecutionState before)
    {
        switch (decision)
        {
            case MachineDecision.Run run:
                Assert.True(_running.Add((run.Step, run.Attempt)), "An attempt runs twice.");
                break;
            case MachineDecision.StartChild or MachineDecision.EvaluateItems or MachineDecision.RunItem or MachineDecision.AbandonItem or MachineDecision.Gather:
                CarryParts(decision);
                break;
            case MachineDecision.Request request:
                Assert.True(State.Status != ExecutionStatus.Paused || before.Steps[request.Step].IsActive, "A paused execution begins a step.");
                _requests.Add((request.Step, request.Attempt));
                break;
            case MachineDecision.AnswerSignal answer:
                _answers.Add(answer);
                break;
            case MachineDecision.SetTimer timer:
                _timers[(timer.Kind, timer.Step)] = (timer.Attempt, timer.DueAt);
                break;
            case MachineDecision.ClearTimer clear:
                _timers.Remove((clear.Kind, clear.Step));
                break;
            case MachineDecision.Abandon abandon:
                AbandonItems(abandon.Step);
                _running.Remove((abandon.Step, abandon.Attempt));
                _requests.Remove((abandon.Step, abandon.Attempt));
                break;
        }
    }

    /// <summary>Folds the event into the replayed state; a step's first sign of life needs everything before it resolved.</summary>
    private void Check(MachineEvent happened)
    {
        var begins = happened.Type is MachineEventType.StepStarted or MachineEventType.StepWaiting or MachineEventType.StepCompleted or MachineEventType.StepRetrying;
        if (begins && _replayed.Steps[happened.Step].Attempt == 0)
        {
            var incoming = Plan.Graph.Incoming(happened.Step);
            if (Plan.Steps[happened.Step].Join is { } join)
            {
                Assert.True(incoming.Where(Arrived).Select(edge => edge.From).Distinct().Count() >= join.AtLeast, $"Step {happened.Step} begins before its join is met.");
                _replayed = ExecutionMachine.Evolve(_replayed, happened);
                return;
            }

            Assert.All(incoming, edge => Assert.True(_replayed.Steps[edge.From].Status.IsTerminal(), $"Step {happened.Step} begins before step {edge.From} is resolved."));
            var gates = incoming.Where(edge => edge.Kind is EdgeKind.Gate or EdgeKind.Error).ToList();
            Assert.True(gates.Count == 0 || gates.Exists(Arrived), $"Step {happened.Step} begins although no branch chose it and nothing that it handles failed.");
        }

        _replayed = ExecutionMachine.Evolve(_replayed, happened);
    }

    private bool Arrived(Edge edge) => edge.Kind == EdgeKind.Error
        ? _replayed.Steps[edge.From].Status.IsFailure()
        : _replayed.Steps[edge.From] is { Status: StepStatus.Completed } from && (edge.Kind != EdgeKind.Gate || BranchTargets.Contains(from.Branch, edge.Target));

    private void CheckState(ExecutionState before)
    {
        Assert.True(State.Steps.Count(step => step.IsActive) <= Plan.MaxConcurrent, "More steps are active than may be.");
        Assert.True(State.Progress >= before.Progress, "Progress fell.");
        Assert.Equal(State.Status == ExecutionStatus.Completed, State.Progress >= 1);
        Assert.Equal(Comparable(_replayed), Comparable(State));

        var live = State.Status.IsTerminal() ? [] : State.Steps.Select((step, i) => (step, i)).ToList();
        Assert.Equal(live.Where(x => x.step.Status == StepStatus.InProgress && Plan.Steps[x.i].Kind == StepKind.Effect).Select(x => (x.i, x.step.Attempt)), _running.Order());
        Assert.Equal(live.Where(x => x.step is { Status: StepStatus.Waiting, Wait: WaitReason.Agent }).Where(_ => State.Status != ExecutionStatus.Paused).Select(x => (x.i, x.step.Attempt)), _requests.Order());
        CheckItems(live);
        CheckSignals();
        foreach (var (step, i) in live)
        {
            if (step.Status == StepStatus.InProgress) Assert.Equal(step.Attempt, _timers[(TimerKind.StepTimeout, i)].Attempt);
            if (step is { Status: StepStatus.Waiting, Wait: WaitReason.Signal }) Assert.Equal(step.Attempt, _timers[(TimerKind.StepTimeout, i)].Attempt);
            if (step is { Status: StepStatus.Waiting, Wait: WaitReason.Delay }) Assert.Equal(step.DueAt, _timers[(TimerKind.Delay, i)].DueAt);

            // A paused execution keeps what came due; it begins when it is resumed.
            if (step is { Status: StepStatus.Waiting, Wait: WaitReason.Retry } && step.DueAt > Now) Assert.Equal(step.DueAt, _timers[(TimerKind.Retry, i)].DueAt);
        }
    }

    /// <summary>Each signal completes at most one step, in order, and none is kept while a step that wants it waits.</summary>
    private void CheckSignals()
    {
        Assert.All(Events.Where(one => one.SignalNumber > 0).GroupBy(one => one.SignalNumber), taken => Assert.Single(taken));
        Assert.True(State.Inbox.Kept <= SignalInbox.MaxKept);
        foreach (var (step, i) in State.Steps.Select((step, i) => (step, i)))
            if (step is { Status: StepStatus.Waiting, Wait: WaitReason.Signal } && Plan.Steps[i].KeepsEarlySignals) Assert.Null(State.Inbox.FirstKept(Plan.Steps[i].Signal!));
    }

    /// <summary>Without fractions of progress, the only thing that changes without an event.</summary>
    private static string Comparable(ExecutionState state) =>
        $"{state.Status} {state.StartedAt} {state.FinishedAt} {state.Reopens} {string.Join(' ', state.Inbox.Signals)}\n{string.Join('\n', state.Steps.Select(step => step with { Progress = 0 }))}";
}
