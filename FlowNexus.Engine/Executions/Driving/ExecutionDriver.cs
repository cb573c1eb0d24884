using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// Drives one execution in memory: gathers inputs, lets the machine decide, commits, and only then acts. Inputs that
/// arrive while a commit is under way are taken together in the next transition.
/// </summary>
internal sealed partial class ExecutionDriver
{
    private readonly ExecutionEnvironment _environment;
    private readonly PreparedWorkflow _workflow;
    private readonly StepOutputs _outputs;
    private readonly Dictionary<(int Step, int Attempt), Attempt> _attempts = [];
    private readonly Dictionary<int, MachineDecision.Request> _asked = [];
    private readonly Queue<MachineDecision.Evaluate> _evaluations = new();
    private readonly Action<ExecutionDriver> _onIdle;
    private readonly ExecutionTrace? _trace;
    private readonly Lock _gate = new();
    private List<DriverInput> _mailbox = [];
    private ExecutionRow _row;
    private ExecutionState _state;
    private StepRow?[] _steps;
    private TaskRow?[] _tasks;
    private JsonNode? _input;
    private bool _inputRead;
    private bool _insert;
    private string? _claim;
    private TickRow? _tick;
    private Admission? _admission;
    private bool _pumping;
    private bool _closed;

    public ExecutionDriver(ExecutionEnvironment environment, PreparedWorkflow workflow, ExecutionRow row, ExecutionState state, StepRow?[] steps, TaskRow?[] tasks, bool isNew, Action<ExecutionDriver> onIdle)
    {
        _environment = environment;
        _workflow = workflow;
        _row = row;
        _state = state;
        _steps = steps;
        _tasks = tasks;
        _insert = isNew;
        _claim = isNew ? null : environment.Node;
        _onIdle = onIdle;
        _outputs = new StepOutputs(workflow, _steps, environment.Artifacts);
        _trace = ExecutionTrace.Begin(row, workflow, isNew);
    }

    public string ExecutionId => _row.Id;

    /// <summary>As of the last commit.</summary>
    public ExecutionRow Row => _row;

    public IReadOnlyList<StepRow?> Steps => _steps;

    /// <summary>Spares a new execution from reading its input back.</summary>
    public void KnowInput(JsonNode? input)
    {
        _input = input;
        _inputRead = true;
    }

    /// <summary>The tick of a schedule that started this execution commits with it, or neither does.</summary>
    public void RecordTick(TickRow tick) => _tick = tick;

    /// <summary>What let a new execution start at once.</summary>
    public void AdmittedBy(Admission admission) => _admission = admission;

    /// <summary>
    /// Takes the first inputs and commits them, on the caller's thread; the rest goes on by itself. Whoever loaded it then
    /// posts an input or calls <see cref="Rest"/>: a driver that let go before its first input came would never take it.
    /// </summary>
    /// <exception cref="TransitionRefusedException">A row with the id or idempotency key exists.</exception>
    public async Task BeginAsync(IReadOnlyList<MachineInput> first)
    {
        _pumping = true;
        foreach (var input in first) _mailbox.Add(new DriverInput(input));
        try
        {
            await TurnAsync();
        }
        catch
        {
            Close();
            throw;
        }

        bool more;
        lock (_gate)
        {
            more = _mailbox.Count > 0 || _evaluations.Count > 0 || _batches.Count > 0;
            if (!more) _pumping = false;
        }

        if (more) _ = Task.Run(PumpAsync);
    }

    /// <summary>Hands an input over; false when this driver has let go of the execution and it must be loaded again.</summary>
    public bool Post(DriverInput input)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _mailbox.Add(input);
            if (_pumping) return true;
            _pumping = true;
        }

        _ = Task.Run(PumpAsync);
        return true;
    }

    /// <summary>Stops every attempt without recording anything; whoever drives the execution next finds them lost.</summary>
    public void Abandon()
    {
        Close();
        lock (_gate)
        {
            foreach (var attempt in _attempts.Values) attempt.Abandon();
            foreach (var item in _items.Values) item.Abandon();
            foreach (var input in _mailbox)
            {
                input.Taken?.TrySetException(new TransitionRefusedException(Refusal.FenceLost));
                input.Answer?.TrySetException(new TransitionRefusedException(Refusal.FenceLost));
            }
        }
    }

    public bool HasRunningAttempts
    {
        get
        {
            lock (_gate) return _attempts.Count > 0 || _items.Count > 0;
        }
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_closed || (_mailbox.Count == 0 && _evaluations.Count == 0 && _batches.Count == 0))
                {
                    _pumping = false;
                    break;
                }
            }

            try
            {
                await TurnAsync();
            }
            catch (TransitionRefusedException refused) when (refused.Refusal == Refusal.FenceLost)
            {
                _environment.Log.LogWarning("Execution {Execution} is owned by another node now; this one stops.", ExecutionId);
                Abandon();
                _onIdle(this);
                return;
            }
            catch (TransitionRefusedException refused) when (refused.Refusal == Refusal.NotAdmitted)
            {
                // The queue is elsewhere now, has read the database since, and will tell again.
                lock (_gate) _mailbox.RemoveAll(input => input.Admission is not null);
            }
            catch (Exception failure) when (StorageFailure.Problem(failure) is not null)
            {
                // The journal says so once for all.
                await Task.Delay(TimeSpan.FromSeconds(1), _environment.Time);
            }
            catch (Exception failure)
            {
                _environment.Log.LogError(failure, "A transition of execution {Execution} could not be committed; it is tried again in a second.", ExecutionId);
                await Task.Delay(TimeSpan.FromSeconds(1), _environment.Time);
            }
        }

        Rest();
    }

    private async Task TurnAsync()
    {
        List<DriverInput> inputs;
        lock (_gate)
        {
            inputs = _mailbox;
            _mailbox = [];
        }

        DriverTurn? turn;
        try
        {
            turn = await CommitAsync(inputs);
        }
        catch
        {
            lock (_gate) _mailbox.InsertRange(0, inputs);
            throw;
        }

        if (turn is not null) Apply(turn);
        foreach (var input in inputs)
        {
            input.Taken?.TrySetResult();
            input.Answer?.TrySetResult(turn?.Effects.OfType<MachineDecision.AnswerSignal>().FirstOrDefault(answer => ReferenceEquals(answer.To, input.Input)));
        }
    }

    private void Apply(DriverTurn turn)
    {
        var wasTerminal = _state.Status.IsTerminal();
        _environment.Meter.Count(turn.Events, _workflow, turn.Row, turn.Tasks, _row.CreditsMicro);
        _trace?.Take(turn.Events, turn.Row);
        (_row, _state, _tasks, _insert, _claim) = (turn.Row, turn.State, turn.Tasks, false, null);
        turn.Steps.CopyTo(_steps, 0);
        Act(turn);
        if (!wasTerminal && _state.Status.IsTerminal()) {
            _environment.Terminations.Complete(new EndedExecution(_row, _steps));
            if (_row.Awaited) _environment.Children.Value.HasEnded(_row);
        }
    }

    private async Task<DriverTurn?> CommitAsync(List<DriverInput> inputs)
    {
        try
        {
            return await TryCommitAsync(inputs);
        }
        catch (TransitionRefusedException refused) when (refused.Refusal == Refusal.InsufficientCredits)
        {
            // The attempt could not be paid: it fails where it would have started, and costs nothing.
            var problem = new Problem(ProblemCodes.InsufficientCredits, $"The account \"{_row.Account}\" has not enough credits for the next step. Add credits, then run the workflow again.");
            List<DriverInput> unpaid = [];
            foreach (var (input, facts) in inputs)
            {
                if (input is not MachineInput.AttemptStarted started || facts?.Assignment is null)
                {
                    unpaid.Add(new DriverInput(input, facts));
                    continue;
                }

                unpaid.Add(new DriverInput(new MachineInput.AttemptFailed(started.Step, started.Attempt, problem, false, 0, started.At)));
            }

            return await TryCommitAsync(unpaid);
        }
    }

    private async Task<DriverTurn?> TryCommitAsync(List<DriverInput> inputs)
    {
        MachineDecision.Evaluate[] before = [.. _evaluations];
        var batches = _batches;
        try
        {
            return await MakeAndCommitAsync(inputs);
        }
        catch
        {
            // Nothing was committed, so nothing happened: the next turn starts from the same place.
            _outputs.Clear();
            _evaluations.Clear();
            foreach (var evaluation in before) _evaluations.Enqueue(evaluation);
            _batches = batches;
            _loopItems.Clear();
            throw;
        }
    }

    private async Task<DriverTurn?> MakeAndCommitAsync(List<DriverInput> inputs)
    {
        var turn = new DriverTurn(_workflow, _row, _state, _steps, _tasks, _insert) { ClaimFor = _claim };
        foreach (var (input, _) in inputs)
            if (input is MachineInput.TimerDue due) turn.Rang(due);
        if (_workflow.Repeats) inputs = inputs.ConvertAll(Judge);
        Enqueue(turn, inputs);
        KnowOutputs(inputs, turn);
        EvaluateInto(turn);
        EvaluateBatchInto(turn);
        if (turn.State.Status.IsTerminal()) _evaluations.Clear();
        if (!turn.ChangedAnything)
        {
            _state = turn.State;
            return null;
        }

        var transition = turn.Build(_environment.Now(), _evaluations.Select(evaluation => evaluation.Step).ToHashSet());
        if (_insert && _tick is not null) transition.InsertOrRefuse(Tables.Ticks, _tick);
        if (_insert && _admission is not null) transition.Needs(_admission);
        foreach (var input in inputs)
            if (input.Admission is { } admission) transition.Needs(admission);
        await _environment.Database.Journal.CommitAsync(transition);
        return turn;
    }

    /// <summary>What pure steps of this transition read of steps that completed in it and have no row yet.</summary>
    private void KnowOutputs(List<DriverInput> inputs, DriverTurn turn)
    {
        foreach (var happened in turn.Events)
        {
            if (happened.Type != MachineEventType.StepCompleted || happened.SignalNumber > 0) continue;
            var output = inputs.Find(one => one.Input is MachineInput.AttemptCompleted done && (done.Step, done.Attempt) == (happened.Step, happened.Attempt))?.Facts?.Output ?? default;
            var json = output.Artifact is { } body ? _environment.Artifacts.ReadBody(body.ArtifactId) : output.Json;
            _outputs.Set(happened.Step, json is null ? null : JsonNode.Parse(json));
        }
    }

    /// <summary>Lets the machine take inputs, and queues what it wants evaluated.</summary>
    private void Enqueue(DriverTurn turn, IReadOnlyList<DriverInput> inputs)
    {
        foreach (var evaluation in turn.Take(inputs, _environment.MayBegin)) _evaluations.Enqueue(evaluation);
        foreach (var (step, output) in turn.TakeDelivered()) _outputs.Set(step, output);
    }

    /// <summary>Lets go of an execution that only waits or has ended; a late input loads it again.</summary>
    public void Rest()
    {
        lock (_gate)
        {
            if (_closed || _pumping || _mailbox.Count > 0 || _evaluations.Count > 0 || _batches.Count > 0 || _attempts.Count > 0 || _items.Count > 0) return;
            if (_state.Status is ExecutionStatus.Running) return;
            _closed = true;
        }

        _trace?.Leave();
        _onIdle(this);
    }

    private void Close()
    {
        lock (_gate) _closed = true;
        _trace?.Leave();
    }
}
