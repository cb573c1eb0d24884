using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions;

/// <summary>A workflow version made ready to run: parsed once, used by all of its executions.</summary>
public sealed partial class PreparedWorkflow
{
    private readonly Dictionary<string, int> _ordinals;

    private PreparedWorkflow(string workflowId, int version, WorkflowDefinition definition, IReadOnlyList<string> stepIds, ExecutionPlan plan, IReadOnlyList<IStepBehaviour> behaviours)
    {
        WorkflowId = workflowId;
        Version = version;
        Definition = definition;
        StepIds = stepIds;
        Plan = plan;
        Behaviours = behaviours;
        StartsOthers = plan.Steps.Any(step => step.Kind == StepKind.Child || step.Loop?.Body.Kind == StepKind.Child);
        Repeats = behaviours.Any(behaviour => behaviour is ILoopBehaviour { Until: not null });
        TakesSignals = plan.Steps.Any(step => step.Kind == StepKind.Signal);
        _ordinals = new Dictionary<string, int>(definition.Steps.Count);
        for (var i = 0; i < definition.Steps.Count; i++) _ordinals[definition.Steps[i].Name] = i;
        DirectDependencies = [.. Enumerable.Range(0, definition.Steps.Count).Select(i => (IReadOnlyList<string>)[.. plan.Graph.Incoming(i).Select(edge => definition.Steps[edge.From].Name).Distinct()])];
    }

    public string WorkflowId { get; }

    public int Version { get; }

    public WorkflowDefinition Definition { get; }

    /// <summary>Stable step ids by ordinal.</summary>
    public IReadOnlyList<string> StepIds { get; }

    public ExecutionPlan Plan { get; }

    public IReadOnlyList<IStepBehaviour> Behaviours { get; }

    /// <summary>By ordinal, the names of the steps it follows directly.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DirectDependencies { get; }

    public CompiledInputSchema? InputSchema { get; private init; }

    /// <summary>Some step starts other executions.</summary>
    public bool StartsOthers { get; }

    /// <summary>Some step repeats an execution until a condition holds.</summary>
    public bool Repeats { get; }

    /// <summary>Some step waits for a signal.</summary>
    public bool TakesSignals { get; }

    public bool CommitsEachStep => Definition.Configuration.Durability == "step";

    public int? Ordinal(string stepName) => _ordinals.TryGetValue(stepName, out var ordinal) ? ordinal : null;

    /// <exception cref="ProblemException">A step type is unknown or not available on this installation.</exception>
    public static PreparedWorkflow Of(string workflowId, int version, WorkflowDefinition definition, IReadOnlyDictionary<string, string> stepIds, StepCatalogue catalogue)
    {
        if (definition.ErrorHandling.OnFailure == "compensate") throw new ProblemException(ProblemCodes.WorkflowNotActive, ErrorHandling.CompensateNotAvailable);
        var graph = WorkflowGraph.Of(definition);
        var behaviours = new List<IStepBehaviour>(definition.Steps.Count);
        var steps = new List<StepPlan>(definition.Steps.Count);
        foreach (var step in definition.Steps)
        {
            var type = catalogue.TryGet(step.Type) ?? throw new ProblemException(ProblemCodes.InvalidDefinition, $"Step \"{step.Name}\" has the type \"{step.Type}\", which this installation does not know.");
            var behaviour = type.Prepare(step);
            behaviours.Add(behaviour);
            steps.Add(new StepPlan(
                behaviour switch { IPureBehaviour => StepKind.Pure, IDelayBehaviour => StepKind.Delay, IChildBehaviour => StepKind.Child, ILoopBehaviour => StepKind.Loop, ISignalBehaviour => StepKind.Signal, _ => StepKind.Effect },
                step.RetryAttempts,
                TimeSpan.FromSeconds(step.TimeoutSeconds ?? type.DefaultTimeoutSeconds),
                Math.Max(0.001, type.DeclaredSeconds))
            {
                IsAgent = step.Type == AgentType,
                FallbackAgentType = step.Type == AgentType ? step.FallbackAgentType : null,
                FailWhenLost = step.FailWhenLost,
                HasErrorTarget = step.OnError is not null,
                Join = step.Join,
                Section = step.Exclusive,
                Signal = (behaviour as ISignalBehaviour)?.Signal,
                ClosedBy = step.ClosedBy is { } closer ? definition.Steps.Select(other => other.Name).ToList().IndexOf(closer) : null,
                KeepsEarlySignals = behaviour is ISignalBehaviour { KeepsEarly: true },
                EndsExecution = behaviour is Steps.End.EndBehaviour,
                Loop = behaviour is ILoopBehaviour loop ? Loop(loop) : null,
            });
        }

        var configuration = definition.Configuration;
        var parallel = !graph.IsListedOrder && configuration.ParallelExecution is not false;
        var plan = new ExecutionPlan
        {
            Graph = graph,
            Steps = steps,
            MaxConcurrent = parallel ? Math.Max(1, configuration.MaxConcurrentSteps) : 1,
            MaxRetries = definition.ErrorHandling.MaxRetries,
            DifferentAgentOnRetry = definition.ErrorHandling.OnFailure == "retry_with_different_agent",
            OnFailure = definition.ErrorHandling.OnFailure switch { "continue" => FailureMode.Continue, "pause" => FailureMode.Pause, _ => FailureMode.Fail },
            ExecutionTimeout = configuration.ExecutionTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            QueueTtl = configuration.QueueTtlSeconds is { } ttl ? TimeSpan.FromSeconds(ttl) : null,
        };
        var ids = definition.Steps.Select(step => stepIds.TryGetValue(step.Name, out var id) ? id : step.Name).ToArray();
        return new PreparedWorkflow(workflowId, version, definition, ids, plan, behaviours) { InputSchema = definition.InputSchema is { } schema ? CompiledInputSchema.Compile(schema) : null };
    }

    private static LoopPlan Loop(ILoopBehaviour loop)
    {
        var kind = loop.Body switch { IPureBehaviour => StepKind.Pure, IChildBehaviour => StepKind.Child, _ => StepKind.Effect };
        var timeout = TimeSpan.FromSeconds(loop.BodyStep.TimeoutSeconds ?? 7 * 86400);
        return new LoopPlan(new StepPlan(kind, loop.BodyStep.RetryAttempts, timeout, 1), loop.Concurrency, loop.FailsOnItem) { Enough = loop.Enough, RestRuns = loop.RestRuns };
    }

    internal const string AgentType = "agent";
}
