using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.SubWorkflow;

/// <summary>A sub-workflow that runs again until a condition holds: a loop of one execution at a time.</summary>
internal sealed class RepeatedWorkflow(SubWorkflowSettings settings, Expression until, StepDefinition step) : ILoopBehaviour
{
    public IStepBehaviour Body => settings;

    public StepDefinition BodyStep => step;

    public int Concurrency => 1;

    public bool FailsOnItem => true;

    public int? Enough => null;

    public bool ListsErrors => false;

    public Expression? Until => until;

    public JsonArray Items(StepScope scope) => [.. Enumerable.Range(1, settings.MaxIterations).Select(number => (JsonNode)number)];
}
