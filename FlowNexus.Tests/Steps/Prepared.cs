using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Workflows;

namespace FlowNexus.Tests.Steps;

/// <summary>Takes the way of production: the reader accepts the step, its type prepares it.</summary>
internal static class Prepared
{
    public static IStepBehaviour Behaviour(string step) => Catalogues.All.TryGet(Step(step).Type)!.Prepare(Step(step));

    public static StepDefinition Step(string step) => Catalogues.Read($$"""{"name":"w","steps":[{{step}}]}""").Require().Steps[0];
}
