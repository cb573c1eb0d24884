using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>What drivers on this node share.</summary>
internal sealed class ExecutionEnvironment(
    EngineDatabase database,
    ArtifactStore artifacts,
    EventFeed feed,
    TimeProvider time,
    AgentDirectory agents,
    IExecutionQueue queue,
    ITaskDispatcher tasks,
    StepRequests needs,
    TimerPump timers,
    Terminations terminations,
    Pauses.PauseBook pauses,
    Cluster.ThisNode node,
    Lazy<Families.ChildExecutions> children,
    LogWriter logs,
    EngineMeter meter,
    ILogger<ExecutionDriver> log)
{
    public EngineDatabase Database { get; } = database;

    public ArtifactStore Artifacts { get; } = artifacts;

    public EventFeed Feed { get; } = feed;

    public TimeProvider Time { get; } = time;

    public AgentDirectory Agents { get; } = agents;

    public IExecutionQueue Queue { get; } = queue;

    public ITaskDispatcher Tasks { get; } = tasks;

    /// <summary>What steps need of their agents.</summary>
    public StepRequests Needs { get; } = needs;

    public TimerPump Timers { get; } = timers;

    public Terminations Terminations { get; } = terminations;

    /// <summary>Executions that executions start; they need the environment themselves.</summary>
    public Lazy<Families.ChildExecutions> Children { get; } = children;

    public EngineMeter Meter { get; } = meter;

    public ILogger<ExecutionDriver> Log { get; } = log;

    /// <summary>False while the whole system is paused, and on a node that stops.</summary>
    public bool MayBegin => !pauses.IsSystemPaused && !node.IsDraining;

    /// <summary>Names this process in the <c>owner</c> of executions.</summary>
    public string Node => node.Id;

    /// <summary>True from the moment on that this process takes nothing new.</summary>
    public bool IsDraining => node.IsDraining;

    /// <summary>Where one attempt, or one item of a loop, writes its lines.</summary>
    public StepLog LogOf(LogSource source, LogAllowance allowance) => new(logs, allowance, source, Time);

    /// <summary>Now, as the database will give it back.</summary>
    public DateTimeOffset Now() => UnixMicros.Truncate(Time.GetUtcNow());

    /// <summary>0 to 1; only spreads retries.</summary>
    public static double Jitter() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_001) / 1e6;

    public StoredOutput Store(string name, System.Text.Json.Nodes.JsonNode? output)
    {
        if (output is null) return default;
        var json = output.ToJsonString(Problems.ProblemJson.Options);
        var bytes = System.Text.Encoding.UTF8.GetByteCount(json);
        return bytes <= ArtifactStore.MaxInlineBytes ? new StoredOutput(json, null, bytes) : new StoredOutput(null, Artifacts.WriteBody($"{name}.json", json), bytes);
    }
}
