using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Benchmarks.Generate;

/// <summary>
/// One execution as if it had run: its rows and its events, sealed into a chain that verifies. What an event says is
/// written by the product.
/// </summary>
internal sealed class PastExecution
{
    private const string Analyst = "agent_analyst_ledger";
    private const long PriceMicro = 500_000;
    private static readonly Problem Refused = new("HTTP_STATUS", "The service answered 503 Service Unavailable.");

    private readonly GeneratedWorkflow _workflow;
    private readonly Random _random;
    private byte[] _head = EventChain.Genesis;
    private DateTimeOffset _now;

    public PastExecution(GeneratedWorkflow workflow, DateTimeOffset at, DateTimeOffset present, Random random)
    {
        _workflow = workflow;
        _random = random;
        _now = UnixMicros.Truncate(at);
        Row = new ExecutionRow
        {
            Id = NewId.Execution(_now),
            WorkflowId = workflow.Id,
            Version = 1,
            Status = "running",
            Priority = 5,
            PriorityText = "5",
            Epoch = 2,
            Owner = "generated",
            Input = """{"n":1}""",
            InputBytes = 7,
            TriggeredBy = random.Next(3) switch { 0 => "schedule", 1 => "webhook", _ => "manual" },
            UserId = "user_local",
            Account = "default",
            CreatedAt = UnixMicros.Of(_now),
            StepsTotal = workflow.Steps.Count,
        };
        Run(present);
        Row.EventSeq = Events.Count;
        Row.EventHead = _head;
    }

    public ExecutionRow Row { get; }

    public List<StepRow> Steps { get; } = [];

    public List<EventRow> Events { get; } = [];

    public TaskRow? Task { get; private set; }

    public LedgerRow? Charge { get; private set; }

    public TimerRow? Timer { get; private set; }

    private void Run(DateTimeOffset present)
    {
        Say("execution_queued", null, null, Row.UserId, EventPayload.Queued(Row));
        Pass(20);
        Row.StartedAt = UnixMicros.Of(_now);
        Say(new MachineEvent(MachineEventType.ExecutionStarted, _now), userId: Row.UserId);
        var end = _random.Next(1000) switch { < 60 => MachineEventType.ExecutionFailed, < 75 => MachineEventType.ExecutionCancelled, < 80 => MachineEventType.ExecutionTimedOut, _ => MachineEventType.ExecutionCompleted };
        var stopsAt = end == MachineEventType.ExecutionCompleted ? _workflow.Steps.Count : _random.Next(_workflow.Steps.Count);
        for (var ordinal = 0; ordinal < stopsAt; ordinal++)
            if (!Step(ordinal, present)) return;
        Problem? problem = null;
        if (end == MachineEventType.ExecutionFailed)
        {
            problem = Refused;
            var failed = Begin(stopsAt);
            (failed.Status, failed.Failures, failed.FinishedAt, failed.Error) = ("failed", 1, UnixMicros.Of(_now), ExecutionRows.Json(problem));
            Say(new MachineEvent(MachineEventType.StepFailed, _now) { Step = stopsAt, Attempt = 1, Problem = problem });
        }

        if (end == MachineEventType.ExecutionTimedOut) problem = new Problem(ProblemCodes.ExecutionTimeout, "The execution took longer than its execution_timeout.");
        Row.Status = end switch { MachineEventType.ExecutionFailed => "failed", MachineEventType.ExecutionCancelled => "cancelled", MachineEventType.ExecutionTimedOut => "timed_out", _ => "completed" };
        Row.FinishedAt = UnixMicros.Of(_now);
        Row.Error = problem is null ? null : ExecutionRows.Json(problem);
        Say(new MachineEvent(end, _now) { Problem = problem, By = end == MachineEventType.ExecutionCancelled ? Row.UserId : null });
    }

    /// <returns>False when the execution waits for it still.</returns>
    private bool Step(int ordinal, DateTimeOffset present)
    {
        var kind = _workflow.Steps[ordinal];
        var step = Begin(ordinal);
        if (kind == StepKind.Delay)
        {
            var due = _now + TimeSpan.FromDays(30);
            step.DueAt = UnixMicros.Of(due);
            (step.Status, step.Wait) = ("waiting", "delay");
            Say(new MachineEvent(MachineEventType.StepWaiting, _now) { Step = ordinal, Attempt = 1, Wait = WaitReason.Delay, DueAt = due });
            Say(new MachineEvent(MachineEventType.ExecutionWaiting, _now));
            if (due > present)
            {
                Row.Status = "waiting";
                Timer = new TimerRow { ExecutionId = Row.Id, Kind = TimerKind.Delay.Word(), Ordinal = ordinal, Attempt = 1, DueAt = UnixMicros.Of(due) };
                return false;
            }

            (_now, step.DueAt, step.Wait) = (due, null, "none");
        }

        if (kind == StepKind.Agent) Assign(step);
        Pass(kind == StepKind.Agent ? 30_000_000 : 2_000);
        (step.Status, step.Progress, step.FinishedAt) = ("completed", 1, UnixMicros.Of(_now));
        (step.Output, step.OutputBytes) = ("""{"n":1}""", 7);
        if (Task is { } task && task.Ordinal == ordinal) (task.Status, task.FinishedAt) = ("completed", step.FinishedAt);
        Row.StepsCompleted++;
        Row.Progress = (double)Row.StepsCompleted / Row.StepsTotal;
        Say(new MachineEvent(MachineEventType.StepCompleted, _now) { Step = ordinal, Attempt = 1, AgentId = step.AgentId }, new AttemptFacts { Output = new StoredOutput(null, null, 7) });
        return true;
    }

    private void Assign(StepRow step)
    {
        var ordinal = step.Ordinal;
        Say(new MachineEvent(MachineEventType.StepWaiting, _now) { Step = ordinal, Attempt = 1, Wait = WaitReason.Agent });
        var task = Task = new TaskRow { Id = NewId.Task(_now), ExecutionId = Row.Id, WorkflowId = Row.WorkflowId, Ordinal = ordinal, StepName = step.Name, Status = "in_progress", AgentType = "analyst", AgentId = Analyst, TriedAgents = $"[\"{Analyst}\"]", PaidMicro = PriceMicro, Priority = 5, Attempt = 1, CreatedAt = Row.CreatedAt, QueuedAt = UnixMicros.Of(_now) };
        Pass(1_000_000);
        step.AttemptStartedAt = task.StartedAt = UnixMicros.Of(_now);
        (step.AgentId, step.TaskId) = (Analyst, task.Id);
        Row.CreditsMicro += PriceMicro;
        Charge = new LedgerRow { Account = Row.Account, Kind = "charge", AmountMicro = -PriceMicro, At = UnixMicros.Of(_now), WorkflowId = Row.WorkflowId, ExecutionId = Row.Id, StepName = step.Name, TaskId = task.Id, Attempt = 1, AgentId = Analyst };
        Say("agent_assigned", step.Name, Analyst, null, EventPayload.Assigned(task, new TaskAssignment(task.Id, ordinal, 1, Analyst, PriceMicro, "automatic", 0.97, null)));
        Say(new MachineEvent(MachineEventType.StepStarted, _now) { Step = ordinal, Attempt = 1, AgentId = Analyst });
    }

    private StepRow Begin(int ordinal)
    {
        var at = UnixMicros.Of(_now);
        var step = new StepRow { ExecutionId = Row.Id, Ordinal = ordinal, StepId = _workflow.StepIds[ordinal], Name = GeneratedWorkflow.StepName(ordinal), Status = "in_progress", Wait = "none", Attempt = 1, StartedAt = at, AttemptStartedAt = at };
        Steps.Add(step);
        return step;
    }

    /// <summary>Up to so many microseconds go by.</summary>
    private void Pass(int micros) => _now = _now.AddTicks(_random.Next(1, micros) * TimeSpan.TicksPerMicrosecond);

    private void Say(MachineEvent happened, AttemptFacts? facts = null, string? userId = null) =>
        Say(happened.Type.Word(), happened.Step < 0 ? null : GeneratedWorkflow.StepName(happened.Step), happened.AgentId, userId, EventPayload.Of(happened, Row, facts));

    private void Say(string type, string? stepName, string? agentId, string? userId, string payload)
    {
        var row = new EventRow { Stream = Row.Id, Seq = Events.Count + 1, EventId = NewId.Event(_now), Type = type, At = UnixMicros.Of(_now), WorkflowId = Row.WorkflowId, ExecutionId = Row.Id, StepName = stepName, AgentId = agentId, UserId = userId, Payload = payload };
        EventChain.Seal(row, _head, RandomBytes.Get(EventChain.SaltBytes));
        _head = row.Hash;
        Events.Add(row);
    }
}
