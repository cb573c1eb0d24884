using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.Delay;

internal sealed class DelayBehaviour(Template template, bool isUntil) : IDelayBehaviour
{
    public TimeSpan Duration(StepScope scope, DateTimeOffset now)
    {
        var value = template.Render(scope);
        if (!isUntil)
        {
            Require(DelayTimes.Seconds(value, out var seconds));
            return TimeSpan.FromSeconds(seconds);
        }

        Require(DelayTimes.Moment(value, out var moment));
        var wait = moment - now;
        if (wait.TotalSeconds > DelayStep.MostSeconds)
            throw new ProblemException(ProblemCodes.ExpressionType, $"The moment {moment:O} is more than 366 days away.");
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static void Require(ProblemDetail? problem)
    {
        if (problem is not null) throw new ProblemException(new Problem(ProblemCodes.ExpressionType, $"{problem.Message} {problem.Hint}".Trim()) { Details = [problem] });
    }
}
