using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Tests.Expressions;

namespace FlowNexus.Tests.Steps;

public sealed class DelayStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\"duration\":30", 30)]
    [InlineData("\"duration\":\"5m\"", 300)]
    [InlineData("\"duration\":\"1.5h\"", 5400)]
    [InlineData("\"duration\":\"{{ wait }}\"", 7)]
    [InlineData("\"duration\":\"{{ wait }}m\"", 420)]
    [InlineData("\"until\":\"2026-01-01T13:00:00+00:30\"", 1800)]
    [InlineData("\"until\":\"2026-01-01T00:00:00Z\"", 0)]
    [InlineData("\"until\":\"{{ when }}\"", 60)]
    public void Delay_GivesItsDuration(string setting, double seconds)
    {
        var behaviour = (IDelayBehaviour)Prepared.Behaviour($$"""{"name":"d","type":"delay",{{setting}}}""");
        Assert.Equal(TimeSpan.FromSeconds(seconds), behaviour.Duration(Scopes.Of("""{"wait":7,"when":"2026-01-01T12:01:00Z"}"""), Now));
    }

    [Theory]
    [InlineData("\"duration\":\"{{ wait }}\"", """{"wait":-1}""")]
    [InlineData("\"duration\":\"{{ wait }}\"", """{"wait":"soon"}""")]
    [InlineData("\"duration\":\"{{ wait }}\"", """{"wait":99999999}""")]
    [InlineData("\"until\":\"{{ wait }}\"", """{"wait":"2026-01-01T12:00:00"}""")]
    [InlineData("\"until\":\"{{ wait }}\"", """{"wait":"2036-01-01T12:00:00Z"}""")]
    public void Delay_OutOfBounds_Fails(string setting, string input)
    {
        var behaviour = (IDelayBehaviour)Prepared.Behaviour($$"""{"name":"d","type":"delay",{{setting}}}""");
        Assert.Equal(ProblemCodes.ExpressionType, Assert.Throws<ProblemException>(() => behaviour.Duration(Scopes.Of(input), Now)).Problem.Code);
    }
}
