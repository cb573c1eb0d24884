using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Expressions;
using FlowNexus.Tests.Workflows;

namespace FlowNexus.Tests.Steps;

public sealed class SwitchStepTests
{
    private const string ByTier = """{"name":"s","type":"switch","value":"input.tier","cases":[{"equals":"gold","then":"fast"},{"in":["silver","bronze"],"then":["slow","log"]}],"default":"refuse"}""";

    [Theory]
    [InlineData("gold", "fast")]
    [InlineData("bronze", "slow log")]
    [InlineData("tin", "refuse")]
    public void Value_LeadsToTheCaseItMatches(string tier, string taken) =>
        Assert.Equal(taken.Split(' '), BranchTargets.Split(Run(ByTier, $$"""{"tier":"{{tier}}"}""").Branch));

    [Theory]
    [InlineData("first", "a")]
    [InlineData("all", "a b c")]
    public void Mode_SaysWhetherLaterCasesCountToo(string mode, string taken) =>
        Assert.Equal(taken.Split(' '), BranchTargets.Split(Run($$"""{"name":"s","type":"switch","mode":"{{mode}}","cases":[{"if":"n > 1","then":"a"},{"if":"n > 2","then":["a","b"]},{"if":"n > 99","then":"x"},{"if":"n > 3","then":"c"}]}""", """{"n":5}""").Branch));

    [Fact]
    public void NothingMatchesAndNoDefault_LeadsNowhere()
    {
        var result = Run("""{"name":"s","type":"switch","config":{"value":"n","cases":[{"equals":1,"then":"a"}]}}""", """{"n":2}""");
        Assert.Null(result.Branch);
        Assert.Equal("""{"value":2,"matched":[],"taken":[]}""", result.Output!.ToJsonString());
    }

    [Fact]
    public void ValueOfAnotherKind_IsAnErrorAndNotADefault() =>
        Assert.Equal(ProblemCodes.ExpressionType, Assert.Throws<ProblemException>(() => Run(ByTier, """{"tier":1}""")).Problem.Code);

    [Theory]
    [InlineData("""{"name":"s","type":"switch"}""", "/steps/0/cases", "required")]
    [InlineData("""{"name":"s","type":"switch","cases":[{"equals":1,"then":"a"}]}""", "/steps/0/cases/0/equals", "no_value")]
    [InlineData("""{"name":"s","type":"switch","cases":[{"if":"true","in":[1],"then":"a"}]}""", "/steps/0/cases/0", "not_allowed")]
    [InlineData("""{"name":"s","type":"switch","cases":[{"if":"true","then":[]}]}""", "/steps/0/cases/0/then", "too_few")]
    [InlineData("""{"name":"s","type":"switch","cases":[{"if":"1 +","then":"a"}]}""", "/steps/0/cases/0/if", "expression")]
    [InlineData("""{"name":"a","type":"transform","set":{},"join":"any"}""", "/steps/0/join", "no_dependencies")]
    [InlineData("""{"name":"a","type":"transform","set":{},"join":0}""", "/steps/0/join", "too_small")]
    [InlineData("""{"name":"a","type":"transform","set":{},"join":"most"}""", "/steps/0/join", "not_allowed")]
    [InlineData("""{"name":"a","type":"transform","set":{},"depends_on":[]},{"name":"b","type":"transform","set":{},"depends_on":["a"],"join":{"at_least":2}}""", "/steps/1/join", "too_large")]
    public void AbsurdSettings_AreNamedWithTheirPlace(string steps, string pointer, string rule)
    {
        var errors = Catalogues.Read($$"""{"name":"w","steps":[{{steps}}]}""").Errors;
        Assert.Contains(errors, error => error.Pointer == pointer && error.Rule == rule);
    }

    private static StepResult Run(string step, string input) => ((IPureBehaviour)Prepared.Behaviour(step)).Evaluate(Scopes.Of(input));
}
