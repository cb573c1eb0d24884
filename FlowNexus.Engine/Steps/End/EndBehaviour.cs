using FlowNexus.Engine.Expressions;

namespace FlowNexus.Engine.Steps.End;

internal sealed class EndBehaviour(Template? output) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope) => StepResult.Completed(output?.Render(scope));
}
