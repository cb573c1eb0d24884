using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>A step of a plan under test.</summary>
internal sealed record PlannedStep(string Name)
{
    public StepKind Kind { get; init; } = StepKind.Effect;

    public bool IsAgent { get; init; }

    public string[]? DependsOn { get; init; }

    public string? Path { get; init; }

    public BranchDefinition[] Branches { get; init; } = [];

    public SwitchDefinition? Switch { get; init; }

    public JoinDefinition? Join { get; init; }

    public LoopPlan? Loop { get; init; }

    public string? Signal { get; init; }

    public int? ClosedBy { get; init; }

    public bool KeepsEarly { get; init; }

    public bool Ends { get; init; }

    public int Retries { get; init; }

    public string? Fallback { get; init; }

    public bool FailWhenLost { get; init; }

    public string? OnError { get; init; }

    public static PlannedStep Agent(string name, params string[]? dependsOn) => new(name) { IsAgent = true, DependsOn = dependsOn };

    public static PlannedStep Pure(string name, params string[]? dependsOn) => new(name) { Kind = StepKind.Pure, DependsOn = dependsOn };
}

internal static class Plans
{
    public static ExecutionPlan Of(params PlannedStep[] steps) => Of(10, 0, steps);

    public static ExecutionPlan Of(int maxConcurrent, int maxRetries, IReadOnlyList<PlannedStep> steps, TimeSpan? executionTimeout = null, bool differentAgent = false, FailureMode onFailure = FailureMode.Fail)
    {
        var definition = new WorkflowDefinition
        {
            Name = "w",
            Source = [],
            Steps = [.. steps.Select(step => new StepDefinition { Name = step.Name, Type = "any", DependsOn = step.DependsOn, OnError = step.OnError, Path = step.Path, Conditions = step.Branches, Switch = step.Switch, Join = step.Join, Source = new JsonObject() })],
        };
        var graph = WorkflowGraph.Of(definition);
        return new ExecutionPlan
        {
            Graph = graph,
            MaxConcurrent = graph.IsListedOrder ? 1 : maxConcurrent,
            MaxRetries = maxRetries,
            ExecutionTimeout = executionTimeout,
            DifferentAgentOnRetry = differentAgent,
            OnFailure = onFailure,
            Steps = [.. steps.Select(step => new StepPlan(step.Kind, step.Retries, TimeSpan.FromSeconds(30), 1 + step.Name.Length)
            {
                IsAgent = step.IsAgent,
                FallbackAgentType = step.Fallback,
                FailWhenLost = step.FailWhenLost,
                HasErrorTarget = step.OnError is not null,
                Join = step.Join,
                Loop = step.Loop,
                EndsExecution = step.Ends,
                Signal = step.Signal,
                ClosedBy = step.ClosedBy,
                KeepsEarlySignals = step.KeepsEarly,
            })],
        };
    }
}
