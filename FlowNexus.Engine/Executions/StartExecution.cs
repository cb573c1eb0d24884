using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>What an execution is started with.</summary>
public sealed record StartRequest(string WorkflowId)
{
    public JsonNode? Input { get; init; }

    /// <summary>Null takes the workflow's.</summary>
    public Priority? Priority { get; init; }

    /// <summary>The same key on the same workflow gives the same execution.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>manual, api, schedule, webhook, file_upload, event or mcp.</summary>
    public string TriggeredBy { get; init; } = "manual";

    /// <summary>The caller waits for the end (<see cref="WaitForExecution"/>).</summary>
    public bool Watch { get; init; }

    /// <summary>A version to run instead of the active one; also of a workflow that is still a draft, when a person asks who may change it.</summary>
    public int? Version { get; init; }

    /// <summary>By step name, outputs that steps give instead of being run; only for executions that a person starts.</summary>
    public JsonObject? Pins { get; init; }

    /// <summary>The step that starts it.</summary>
    public Families.ParentLink? Parent { get; init; }

    /// <summary>It enters the queue at this moment at the earliest; null: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The span of whoever starts it, as a W3C <c>traceparent</c>; anything else counts as none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The tick of a schedule; recorded with the execution or not at all.</summary>
    public TickRow? Tick { get; init; }
}

/// <summary>Accepts an execution: durable when this returns, waiting in the queue or already under way.</summary>
public sealed class StartExecution
{
    public const int MaxIdempotencyKey = 200;

    private readonly EngineDatabase _database;
    private readonly WorkflowVersions _versions;
    private readonly ArtifactStore _artifacts;
    private readonly AgentDirectory _agents;
    private readonly IExecutionQueue _queue;
    private readonly ITaskLine _tasks;
    private readonly WaitingReasons _reasons;
    private readonly ExecutionHost _host;
    private readonly ExecutionEnvironment _environment;

    internal StartExecution(EngineDatabase database, WorkflowVersions versions, ArtifactStore artifacts, AgentDirectory agents, IExecutionQueue queue, ITaskLine tasks, WaitingReasons reasons, ExecutionHost host, ExecutionEnvironment environment)
    {
        _database = database;
        _versions = versions;
        _artifacts = artifacts;
        _agents = agents;
        _queue = queue;
        _tasks = tasks;
        _reasons = reasons;
        _host = host;
        _environment = environment;
    }

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, WORKFLOW_NOT_ACTIVE, INVALID_INPUT_DATA, AGENT_UNAVAILABLE, QUEUE_FULL, INSUFFICIENT_CREDITS, NODE_DRAINING, FORBIDDEN.</exception>
    public async Task<StartedExecution> RunAsync(Principal principal, StartRequest request)
    {
        principal.Demand(Permission.Run);
        if (await FindByKeyAsync(request) is { } known) return known;
        DemandService(request);

        var (workflow, prepared, pins) = await ChooseAsync(principal, request);
        var wrong = InputData.Validate(prepared.InputSchema, request.Input);
        if (wrong.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, $"The input_data does not fit the input schema of \"{workflow.Name}\": {wrong[0].Message}") { Details = wrong });
        await DemandAgentsAndCreditsAsync(prepared);

        var row = NewRow(principal, request, workflow, prepared);
        row.Pins = pins;
        return await AcceptAsync(request, row, workflow.Name, prepared, []);
    }

    /// <summary>The version to run, with its pinned outputs in place.</summary>
    private async Task<(WorkflowRow Workflow, PreparedWorkflow Prepared, string? Pins)> ChooseAsync(Principal principal, StartRequest request)
    {
        // A step's version is part of what was activated; a person's is a trial, for whoever may change the workflow.
        var isTrial = request.Parent is null && (request.Version is not null || request.Pins is { Count: > 0 });
        if (!isTrial)
        {
            var (active, current) = await _versions.GetActiveAsync(request.WorkflowId);
            return (active, request.Version is { } fixedVersion ? await _versions.GetAsync(request.WorkflowId, fixedVersion) : current, null);
        }

        principal.Demand(Permission.Write);
        await using var context = _database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == request.WorkflowId) ?? throw WorkflowVersions.NotFound(request.WorkflowId);
        if (workflow.Status is "paused" or "archived")
            throw new ProblemException(ProblemCodes.WorkflowNotActive, $"The workflow \"{workflow.Name}\" is {workflow.Status}; nothing of it starts, not even for a trial. {(workflow.Status == "paused" ? "Resume" : "Activate")} it first.");
        var number = request.Version ?? workflow.ActiveVersion ?? workflow.LatestVersion;
        if (!await context.Versions.AnyAsync(row => row.WorkflowId == workflow.Id && row.Version == number))
            throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, $"The workflow \"{workflow.Name}\" has no version {number}; its latest is {workflow.LatestVersion}.") { Details = [new ProblemDetail("/version", "unknown_version", $"There is no version {number}.")] });
        var prepared = await _versions.GetAsync(workflow.Id, number);
        var pins = Pins.PinnedOutputs.Check(request.Pins, prepared, request.TriggeredBy);
        return (workflow, prepared.With(pins), pins);
    }

    /// <param name="adopted">Rows of steps that another execution completed and that need not run.</param>
    internal async Task<StartedExecution> AcceptAsync(StartRequest request, ExecutionRow row, string workflowName, PreparedWorkflow prepared, IReadOnlyList<StepRow> adopted)
    {
        DemandService(request);
        var entry = QueueEntries.Of(row);
        var instant = prepared.Plan.IsPure && !prepared.CommitsEachStep && entry.Limit is null && row.NotBefore is null && _queue.IsClear;
        var entrance = new QueueEntrance(instant ? QueueAnswer.Admitted : QueueAnswer.MustWait);
        if (!instant && row.NotBefore is null) entrance = await EnterAsync(entry, isChild: request.Parent is not null);
        var watch = request.Watch ? _environment.Terminations.Wait(row.Id) : null;
        try
        {
            var (driver, started) = await BeginAsync(request, row, prepared, entrance, adopted);
            var place = !started && row.NotBefore is null ? await _queue.EnqueueAsync(entry) : null;
            var reason = !started ? _reasons.Of(driver.Row, workflowName, place, _environment.Now()) : null;
            return new StartedExecution(driver.Row, workflowName, prepared, new QueueStanding(place, reason), driver.Steps) { Watch = watch };
        }
        catch (TransitionRefusedException) when (request.IdempotencyKey is not null || request.Tick is not null)
        {
            watch?.Dispose();
            if (!instant) await _queue.LeaveAsync(row.Id);
            if (await FindByKeyAsync(request) is { } existing) return existing;
            throw new ProblemException(ProblemCodes.Conflict, "This tick of the schedule was recorded already.");
        }
        catch
        {
            watch?.Dispose();
            if (!instant) await _queue.LeaveAsync(row.Id);
            throw;
        }
    }

    private async Task<(ExecutionDriver Driver, bool Started)> BeginAsync(StartRequest request, ExecutionRow row, PreparedWorkflow prepared, QueueEntrance entrance, IReadOnlyList<StepRow> adopted)
    {
        var admitted = entrance.Answer == QueueAnswer.Admitted;
        try
        {
            var admission = entrance.Activation is { } activation ? new Admission(Cluster.GrainQueues.Executions, activation) : null;
            return (await _host.BeginAsync(prepared, row, request.Input, admitted, admission, request.Tick, adopted), admitted);
        }
        catch (TransitionRefusedException refused) when (refused.Refusal == Refusal.NotAdmitted)
        {
            // The queue has moved to another node meanwhile; there it waits in line.
            return (await _host.BeginAsync(prepared, row, request.Input, start: false, null, request.Tick, adopted), false);
        }
    }

    /// <param name="isChild">What a step starts is part of what was accepted already: it waits in line, but is never turned away.</param>
    private async Task<QueueEntrance> EnterAsync(QueueEntry entry, bool isChild)
    {
        var entrance = await _queue.EnterAsync(entry);
        if (entrance.Answer != QueueAnswer.Full) return entrance;
        if (isChild) return new QueueEntrance(QueueAnswer.MustWait);
        throw new ProblemException(new Problem(ProblemCodes.QueueFull, $"The queue workflow_executions is at capacity; nothing was accepted. At the rate it drains now, try again in {entrance.RetryAfter} s.") { RetryAfter = entrance.RetryAfter });
    }

    /// <summary>What a step starts is part of what was accepted already.</summary>
    private void DemandService(StartRequest request)
    {
        if (_environment.IsDraining && request.Parent is null)
            throw new ProblemException(new Problem(ProblemCodes.NodeDraining, "This node is stopping and takes nothing new; nothing was accepted. Send it to another node, or try again a little later.") { RetryAfter = 1 });
    }

    internal ExecutionRow NewRow(Principal principal, StartRequest request, WorkflowRow workflow, PreparedWorkflow prepared)
    {
        var now = _environment.Now();
        var priority = request.Priority ?? prepared.Definition.Priority;
        var json = CanonicalJson.Write(request.Input ?? new JsonObject());
        var bytes = Encoding.UTF8.GetByteCount(json);
        var row = new ExecutionRow
        {
            Id = NewId.Execution(now),
            WorkflowId = workflow.Id,
            Version = prepared.Version,
            Status = "queued",
            Priority = priority.Value,
            PriorityText = priority.ToString(),
            Epoch = 1,
            Owner = _environment.Node,
            Input = json,
            InputBytes = bytes,
            TriggeredBy = request.TriggeredBy,
            UserId = principal.UserId,
            Account = "default",
            IdempotencyKey = request.IdempotencyKey,
            CreatedAt = UnixMicros.Of(now),
            StepsTotal = prepared.Definition.Steps.Count,
            ParentId = request.Parent?.ExecutionId,
            ParentOrdinal = request.Parent?.Ordinal,
            ParentItem = request.Parent?.Item,
            ParentAttempt = request.Parent?.Attempt,
            Depth = request.Parent?.Depth ?? 0,
            Awaited = request.Parent is { Awaited: true },
            Trace = ActivityContext.TryParse(request.TraceParent, null, out _) ? request.TraceParent : null,
            EventHead = Audit.EventChain.Genesis,
            NotBefore = request.NotBefore > now ? UnixMicros.Of(request.NotBefore) : null,
        };
        if (prepared.Definition.Configuration.Concurrency is { } concurrency)
        {
            row.LimitPlaces = concurrency.Limit;
            row.LimitKey = KeyOf(concurrency, row, prepared, request.Input, now);
        }

        if (bytes <= ArtifactStore.MaxInlineBytes) return row;
        row.InputArtifact = _artifacts.WriteBody("input.json", json).ArtifactId;
        row.Input = null;
        return row;
    }

    /// <exception cref="ProblemException">INVALID_INPUT_DATA when the workflow's key expression gives nothing for this input.</exception>
    private static string? KeyOf(Workflows.Concurrency concurrency, ExecutionRow row, PreparedWorkflow prepared, JsonNode? input, DateTimeOffset now)
    {
        if (concurrency.Key is null) return null;
        try
        {
            return CanonicalJson.Write(concurrency.Key.Render(new StepScope
            {
                Input = input,
                Outputs = new Dictionary<string, JsonNode?>(),
                DirectDependencies = [],
                Execution = new ExecutionFacts(row.Id, row.WorkflowId, prepared.Definition.Name, row.Version, now) { Metadata = prepared.Definition.Metadata },
            }) ?? JsonValue.Create(""));
        }
        catch (ProblemException failure)
        {
            throw new ProblemException(ProblemCodes.InvalidInputData, $"The input_data has no value for the workflow's configuration.concurrency.key: {failure.Problem.Message}");
        }
    }

    /// <summary>Z23: refused when no enabled agent could ever serve a step; and when the account cannot pay the cheapest of them once.</summary>
    internal async Task DemandAgentsAndCreditsAsync(PreparedWorkflow prepared)
    {
        if (!prepared.Plan.Steps.Any(step => step.IsAgent)) return;
        if (await _tasks.FullForAsync() is { } seconds)
            throw new ProblemException(new Problem(ProblemCodes.QueueFull, $"The queue agent_assignments is at capacity; nothing was accepted. At the rate it drains now, try again in {seconds} s.") { RetryAfter = seconds });
        var agents = await _agents.AllAsync();
        var enabled = agents.Where(agent => agent.Enabled).ToList();
        if (enabled.Count == 0)
            throw new ProblemException(new Problem(ProblemCodes.AgentUnavailable, "No agent is enabled, so nobody could do the agent steps. Enable one on the agents page.") { RetryAfter = 60 });
        var least = enabled.Min(agent => agent.PriceMicro) * prepared.Plan.Steps.Count(step => step.IsAgent);
        await using var context = _database.Read();
        var balance = await context.Accounts.Where(account => account.Id == "default").Select(account => account.BalanceMicro).FirstOrDefaultAsync();
        if (balance < least)
            throw new ProblemException(ProblemCodes.InsufficientCredits, $"The account \"default\" has {balance / 1e6:0.##} credits; this workflow takes at least {least / 1e6:0.##}. Add credits, then run it again.");
    }

    /// <summary>What an earlier start with the same key accepted.</summary>
    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    internal async Task<StartedExecution?> FindByKeyAsync(StartRequest request)
    {
        if (request.IdempotencyKey is not { } key) return null;
        if (key.Length is 0 or > MaxIdempotencyKey || key.Any(char.IsControl)) throw new ProblemException(ProblemCodes.InvalidRequest, $"An idempotency key has 1 to {MaxIdempotencyKey} characters, none of them control characters.");
        var workflowId = request.WorkflowId;
        await using var context = _database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.WorkflowId == workflowId && x.IdempotencyKey == key);
        if (row is null) return null;
        var name = await context.Workflows.Where(x => x.Id == workflowId).Select(x => x.Name).FirstAsync();
        var standing = await _reasons.StandingAsync(row, name);
        var steps = await context.Steps.Where(x => x.ExecutionId == row.Id).ToListAsync();
        return new StartedExecution(row, name, await _versions.GetAsync(workflowId, row.Version), standing, steps);
    }
}

/// <summary>An accepted execution as of its first commit.</summary>
/// <param name="Standing">Its place while it waits.</param>
/// <param name="Steps">Rows of the steps that left <c>pending</c>.</param>
public sealed record StartedExecution(ExecutionRow Row, string WorkflowName, PreparedWorkflow Workflow, QueueStanding Standing, IReadOnlyList<StepRow?> Steps)
{
    /// <summary>Set when the caller asked to wait.</summary>
    internal Terminations.Registration? Watch { get; init; }

    /// <summary>False for an execution that an earlier start with the same key accepted.</summary>
    public bool IsWatched => Watch is not null;

    public bool HasEnded => StatusWords.Execution(Row.Status).IsTerminal();

    /// <param name="artifacts">Where large outputs are; null leaves the outputs out.</param>
    public ExecutionView View(DateTimeOffset now, ArtifactStore? artifacts = null)
    {
        var view = ExecutionViews.Of(Row, WorkflowName, Workflow, Steps, Standing, now);
        return artifacts is null || !HasEnded ? view : view with { Output = ExecutionViews.Output(Workflow, Steps, artifacts) };
    }
}
