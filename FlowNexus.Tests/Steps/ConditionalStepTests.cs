using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Tests.Expressions;

namespace FlowNexus.Tests.Steps;

public sealed class ConditionalStepTests
{
    private const string Spec = """{"name":"c","type":"conditional","conditions":[{"if":"data_size > 100MB","then":"heavy","else":"light"}]}""";

    [Theory]
    [InlineData("200000000", "heavy")]
    [InlineData("100000000", "light")]
    public void SpecCondition_TakesItsBranch(string size, string taken)
    {
        var result = Run(Spec, Scopes.Of("{}", ("assess", $$"""{"data_size":{{size}}}""")));
        Assert.Equal(taken, result.Branch);
        Assert.Equal($$$"""{"taken":"{{{taken}}}","condition":"data_size > 100MB","values":{"data_size":{{{size}}}}}""".Replace(" > ", " \\u003E "), result.Output!.ToJsonString());
    }

    [Theory]
    [InlineData(12, "big")]
    [InlineData(7, "middle")]
    [InlineData(1, "other")]
    public void FirstConditionThatHolds_Wins_ElseTheFirstElse(int n, string taken) =>
        Assert.Equal(taken, Run("""{"name":"c","type":"conditional","conditions":[{"if":"n > 10","then":"big"},{"if":"n > 5","then":"middle","else":"other"},{"if":"n > 2","then":"x","else":"never"}]}""", Scopes.Of($$"""{"n":{{n}}}""")).Branch);

    [Fact]
    public void NothingHoldsAndNoElse_TakesNothing()
    {
        var result = Run("""{"name":"c","type":"conditional","config":{"conditions":[{"if":"n > 10","then":"big"}]}}""", Scopes.Of("""{"n":1}"""));
        Assert.Null(result.Branch);
        Assert.Equal("""{"taken":null,"condition":null,"values":{"n":1}}""", result.Output!.ToJsonString());
    }

    [Fact]
    public void ConditionWithAWrongType_FailsInsteadOfTakingElse() =>
        Assert.Equal(ProblemCodes.ExpressionType, Assert.Throws<ProblemException>(() => Run(Spec, Scopes.Of("""{"data_size":"200 MB"}"""))).Problem.Code);

    private static StepResult Run(string step, StepScope scope) => ((IPureBehaviour)Prepared.Behaviour(step)).Evaluate(scope);
}
