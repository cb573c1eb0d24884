using CsCheck;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly Gen<string> Leaf = Gen.OneOf(
        Gen.Int[0, 100000].Select(number => number.ToString()),
        Gen.OneOf("true", "false", "null", "100MB", "30s", "50%", "dataset", "input.a.b", "steps.x.output.rows[0]", "steps[\"a-b\"].output", "item.q", "execution.id"),
        Gen.String[Gen.Char[' ', '~'], 0, 8].Select(text => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""));

    private static readonly Gen<string> Tree = Gen.Recursive<string>((depth, self) => depth > 4 ? Leaf : Gen.OneOf(
        Leaf,
        Gen.Select(self, Gen.OneOf("+", "-", "*", "/", " % ", "==", "<=", " in ", " not in ", " and ", " or ", "&&", "||"), self).Select((left, operation, right) => $"({left}{operation}{right})"),
        self.Select(operand => $"(not ({operand}))"),
        self.Select(operand => $"-{operand}"),
        Gen.Select(self, self).Select((first, second) => $"coalesce({first}, {second})"),
        Gen.Select(self, self).Select((first, second) => $"[{first}, {second}][0].name")));

    [Fact]
    public void ParseAfterPrint_OfAnyExpression_IsTheSameExpression() =>
        Tree.Sample(source =>
        {
            var printed = Expression.Parse(source).Print();
            Assert.Equal(printed, Expression.Parse(printed).Print());
        }, iter: 2000);

    [Fact]
    public void Printed_Expression_HasTheSameValue() =>
        Tree.Sample(source =>
        {
            var scope = Scopes.Of("""{"dataset":"d","a":{"b":3}}""", ("x", """{"rows":[1]}"""), ("a-b", "7"));
            Assert.Equal(Outcome(source, scope), Outcome(Expression.Parse(source).Print(), scope));
        }, iter: 2000);

    [Fact]
    public void Parse_OfAnyText_GivesAnExpressionOrAProblem()
    {
        var fragments = Gen.OneOf("(", ")", "[", "]", "'", "\"", "\\", ".", ",", "!", "-", "+", "==", "in", "not", "and", "1", "1e", "5MB", "a", "steps", ".output", " ", "%", "exists(", "{{", "é", "\0", "\ud800");
        Gen.OneOf(Gen.String[0, 60], fragments.Array[0, 30].Select(string.Concat)).Sample(text =>
        {
            try
            {
                Expression.Parse(text);
            }
            catch (ProblemException failure)
            {
                Assert.Equal(ProblemCodes.ExpressionInvalid, failure.Problem.Code);
            }
        }, iter: 20000);
    }

    private static string Outcome(string source, Engine.Steps.StepScope scope)
    {
        try
        {
            return Expression.Parse(source).Evaluate(scope)?.ToJsonString() ?? "null";
        }
        catch (ProblemException failure)
        {
            return failure.Problem.Code;
        }
    }
}
