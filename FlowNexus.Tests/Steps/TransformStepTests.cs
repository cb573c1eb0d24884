using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Tests.Expressions;

namespace FlowNexus.Tests.Steps;

public sealed class TransformStepTests
{
    private static readonly StepScope Scope = Scopes.Of("""{"name":"Ada","orders":[{"id":1,"amount":50},{"id":2,"amount":150},{"id":3,"amount":250}]}""", ("before", """{"rows":120}"""));

    [Theory]
    [InlineData("""{"set":{"hello":"Hi {{ name }}","n":"{{ rows + 1 }}","fixed":[1,{"a":null}]}}""", """{"hello":"Hi Ada","n":121,"fixed":[1,{"a":null}]}""")]
    [InlineData("""{"value":"{{ orders[1] }}"}""", """{"id":2,"amount":150}""")]
    [InlineData("""{"value":["{{ length(orders) }}"]}""", "[3]")]
    [InlineData("""{"items":"orders","filter":"item.amount > 100"}""", """{"rows":[{"id":2,"amount":150},{"id":3,"amount":250}],"count":2}""")]
    [InlineData("""{"items":"{{ input.orders }}","filter":"index < 2","map":{"i":"{{ index }}","vat":"{{ round(item.amount * 19%, 1) }}"}}""", """{"rows":[{"i":0,"vat":9.5},{"i":1,"vat":28.5}],"count":2}""")]
    [InlineData("""{"items":"orders","map":"{{ item.id }}"}""", """{"rows":[1,2,3],"count":3}""")]
    public void Transform_OfSettings_GivesOutput(string config, string expected)
    {
        var behaviour = Prepared.Behaviour($$"""{"name":"t","type":"transform","config":{{config}}}""");
        Assert.Equal(expected, ((IPureBehaviour)behaviour).Evaluate(Scope).Output!.ToJsonString());
        Assert.Equal(expected, ((IPureBehaviour)behaviour).Evaluate(Scope).Output!.ToJsonString());
    }

    [Fact]
    public void Transform_OfNameOutOfReach_Fails() =>
        Assert.Equal(ProblemCodes.ExpressionUnresolved, Assert.Throws<ProblemException>(() =>
            ((IPureBehaviour)Prepared.Behaviour("""{"name":"t","type":"transform","set":{"x":"{{ nope }}"}}""")).Evaluate(Scope)).Problem.Code);

    [Fact]
    public void Items_ThatAreNoArray_AreATypeError() =>
        Assert.Equal(ProblemCodes.ExpressionType, Assert.Throws<ProblemException>(() =>
            ((IPureBehaviour)Prepared.Behaviour("""{"name":"t","type":"transform","items":"name"}""")).Evaluate(Scope)).Problem.Code);
}
