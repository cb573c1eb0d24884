using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Steps.Conditional;
using FlowNexus.Engine.Steps.Delay;
using FlowNexus.Engine.Steps.End;
using FlowNexus.Engine.Steps.ForEach;
using FlowNexus.Engine.Steps.Neural;
using FlowNexus.Engine.Steps.Sandbox;
using FlowNexus.Engine.Steps.Signals;
using FlowNexus.Engine.Steps.SubWorkflow;
using FlowNexus.Engine.Steps.Switch;
using FlowNexus.Engine.Steps.Transform;
using FlowNexus.Engine.Steps.Validation;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

internal static class Catalogues
{
    /// <summary>The real step types of this folder; agent steps only need their name to be read.</summary>
    public static StepCatalogue All { get; } = new(
        [new AgentByName(), new ConditionalStep(), new TransformStep(), new DelayStep(), new EndStep(), new SwitchStep(), new ValidationStep(), new NeuralStep(), new SandboxStep(), new SubWorkflowStep(), new WaitForSignalStep(), new ForEachStep(new Lazy<StepCatalogue>(() => All!))]);

    public static ReadDefinition Read(string json) => new WorkflowDefinitionReader(All).Read((JsonObject)JsonNode.Parse(json)!);

    private sealed class AgentByName : StepType
    {
        public override string Name => "agent";

        public override string Title => "Agent";

        public override string Summary => "";

        public override StepFamily Family => StepFamily.Agent;

        public override JsonObject SettingsSchema { get; } = [];

        public override IStepBehaviour Prepare(StepDefinition step) => throw new NotSupportedException();
    }
}
