using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly Engine.Steps.StepScope Scope = Scopes.Of(
        """{"dataset":"sales","limit":9007199254740993,"tags":["a","b"],"nothing":null,"odd name":1,"nested":{"list":[{"id":"x"},{"id":"y"}]}}""",
        ("extract", """{"rows":120,"data_size":200000000,"columns":["id","email"]}"""),
        ("my-step", """{"score":0.9}"""));

    [Theory]
    [InlineData("data_size > 100MB", "true")]
    [InlineData("steps.extract.output.rows", "120")]
    [InlineData("steps[\"my-step\"].output.score >= 90%", "true")]
    [InlineData("steps.\"my-step\".output.score", "0.9")]
    [InlineData("input.nested.list[1].id", "\"y\"")]
    [InlineData("input.nested.list[rows - 119].id", "\"y\"")]
    [InlineData("input['odd name']", "1")]
    [InlineData("dataset", "\"sales\"")]
    [InlineData("limit", "9007199254740993")]
    [InlineData("limit == 9007199254740993", "true")]
    [InlineData("execution.version + 1", "4")]
    [InlineData("execution.started_at", "\"2026-01-02T03:04:05.000Z\"")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3 - -1", "10")]
    [InlineData("7 % 4 / 2", "1.5")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("'a' + \"b\"", "\"ab\"")]
    [InlineData("2KiB", "2048")]
    [InlineData("1.5MB", "1500000")]
    [InlineData("5m + 30s", "330")]
    [InlineData("2h", "7200")]
    [InlineData("1d", "86400")]
    [InlineData("250ms", "0.25")]
    [InlineData("50%", "0.5")]
    [InlineData("50 % 3", "2")]
    [InlineData("1e3", "1000")]
    [InlineData("not true or true", "true")]
    [InlineData("!(true && false)", "true")]
    [InlineData("true or missing_name", "true")]
    [InlineData("false and missing_name", "false")]
    [InlineData("'email' in columns and 'x' not in columns", "true")]
    [InlineData("3 in [1, 2, 3]", "true")]
    [InlineData("nothing == null", "true")]
    [InlineData("dataset != null", "true")]
    [InlineData("length(tags) + length('abc') + length(nested)", "6")]
    [InlineData("upper(dataset) == 'SALES' and lower('ABC') == 'abc'", "true")]
    [InlineData("contains(dataset, 'ale') and starts_with(dataset, 'sa') and ends_with(dataset, 'es')", "true")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("min(3, 1, 2) + max([4, 5]) + sum([1, 2])", "9")]
    [InlineData("coalesce(input.absent, nothing, 'x')", "\"x\"")]
    [InlineData("exists(input.absent) or exists(input.nested.list[7])", "false")]
    [InlineData("if(rows > 100, 'big', 'small')", "\"big\"")]
    [InlineData("number('12.5') * 2", "25")]
    [InlineData("text(rows) + '!'", "\"120!\"")]
    [InlineData("[1, dataset]", "[1,\"sales\"]")]
    [InlineData("'it\\'s'", "\"it's\"")]
    public void Expression_InScope_GivesValue(string source, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Expression.Parse(source).Evaluate(Scope)), Expression.Parse(source).Evaluate(Scope)?.ToJsonString());

    [Theory]
    [InlineData("'5' == 5")]
    [InlineData("rows > '100'")]
    [InlineData("dataset and true")]
    [InlineData("not rows")]
    [InlineData("rows + dataset")]
    [InlineData("rows / 0")]
    [InlineData("-dataset")]
    [InlineData("5 in ['5']")]
    [InlineData("1 in 2")]
    [InlineData("upper(rows)")]
    [InlineData("sum(columns)")]
    [InlineData("number('twelve')")]
    [InlineData("min([])")]
    [InlineData("input.nested[true]")]
    public void Expression_OfWrongType_IsAnErrorNotFalse(string source)
    {
        var failure = Assert.Throws<ProblemException>(() => Expression.Parse(source).Evaluate(Scope));
        Assert.Equal(ProblemCodes.ExpressionType, failure.Problem.Code);
        Assert.Equal(source, failure.Problem.Facts!["expression"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("datasett", "dataset")]
    [InlineData("steps.extrakt.output", "steps.extract")]
    [InlineData("steps.extract.output.rowz", "rows")]
    [InlineData("input.nested.lst", "list")]
    public void Expression_OfNameOutOfReach_ListsWhatIsInReach(string source, string expected)
    {
        var failure = Assert.Throws<ProblemException>(() => Expression.Parse(source).Evaluate(Scope));
        Assert.Equal(ProblemCodes.ExpressionUnresolved, failure.Problem.Code);
        Assert.Contains(expected, failure.Problem.Details[0].Allowed!);
        Assert.Contains(expected, failure.Problem.Message);
    }

    [Fact]
    public void BareName_InTwoDependencies_IsAnErrorNamingBoth()
    {
        var scope = Scopes.Of("""{"n":0}""", ("a", """{"n":1}"""), ("b", """{"n":2}"""));
        var failure = Assert.Throws<ProblemException>(() => Expression.Parse("n > 0").Evaluate(scope));
        Assert.Equal(["steps.a.output.n", "steps.b.output.n"], failure.Problem.Details[0].Allowed!);
        Assert.Throws<ProblemException>(() => Expression.Parse("exists(n)").Evaluate(scope));
    }

    [Fact]
    public void BareName_InDependencyAndInput_IsTheDependencys() =>
        Assert.Equal(1, Expression.Parse("n").Evaluate(Scopes.Of("""{"n":0}""", ("a", """{"n":1}""")))!.GetValue<double>());

    [Theory]
    [InlineData("", 0)]
    [InlineData("1 +", 3)]
    [InlineData("a b", 2)]
    [InlineData("(1", 2)]
    [InlineData("rows > ", 7)]
    [InlineData("100XB", 0)]
    [InlineData("frobnicate(1)", 0)]
    [InlineData("round()", 0)]
    [InlineData("1 < 2 < 3", 6)]
    [InlineData("'open", 0)]
    [InlineData("a == 1 and", 10)]
    [InlineData("exists(1)", 0)]
    [InlineData("steps.a.result", 0)]
    [InlineData("a.", 2)]
    [InlineData("1e999", 0)]
    [InlineData("secrets.TOKEN", 0)]
    public void Expression_ThatCannotBeRead_TellsThePosition(string source, int position)
    {
        var failure = Assert.Throws<ProblemException>(() => Expression.Parse(source));
        Assert.Equal(ProblemCodes.ExpressionInvalid, failure.Problem.Code);
        Assert.Equal(position, failure.Problem.Facts!["position"]!.GetValue<int>());
    }

    [Fact]
    public void Expression_TooLongOrTooDeep_IsRefused()
    {
        Assert.Equal(ProblemCodes.ExpressionInvalid, Assert.Throws<ProblemException>(() => Expression.Parse(new string('1', 4001))).Problem.Code);
        Assert.Equal(ProblemCodes.ExpressionInvalid, Assert.Throws<ProblemException>(() => Expression.Parse(new string('(', 1900) + "1" + new string(')', 1900))).Problem.Code);
        Assert.Equal(ProblemCodes.ExpressionInvalid, Assert.Throws<ProblemException>(() => Expression.Parse(string.Join('+', Enumerable.Repeat("1", 1900)))).Problem.Code);
        Assert.Equal(ProblemCodes.ExpressionInvalid, Assert.Throws<ProblemException>(() => Expression.Parse(new string('!', 3900) + "true")).Problem.Code);
        Assert.Equal(ProblemCodes.ExpressionInvalid, Assert.Throws<ProblemException>(() => Expression.Parse("a" + string.Concat(Enumerable.Repeat("[a", 1500)))).Problem.Code);
    }

    [Fact]
    public void Condition_TellsTheValuesItLookedAt()
    {
        var result = Expression.Parse("data_size > 100MB and 'email' in columns").EvaluateBoolean(Scope);
        Assert.True(result.Holds);
        Assert.Equal("""{"data_size":200000000,"columns":"array of 2"}""", result.Values.ToJsonString());
    }

    [Fact]
    public void Condition_ThatIsNotBoolean_IsATypeError() =>
        Assert.Equal(ProblemCodes.ExpressionType, Assert.Throws<ProblemException>(() => Expression.Parse("rows").EvaluateBoolean(Scope)).Problem.Code);

    [Fact]
    public void Expression_NamesTheStepsItUses() =>
        Assert.Equal(["a", "b c"], Expression.Parse("steps['b c'].output.x > length(steps.a.output.list[steps.a.output.n])").StepNames);

    [Fact]
    public void OneExpression_ReadsAFreshScopeOnManyThreads()
    {
        var expression = Expression.Parse("steps.a.output.x.y[1].z + steps.a.output.list[2]");
        var template = Template.Compile(JsonNode.Parse("""{"all":"{{ steps.a.output.x }}"}"""));
        for (var round = 0; round < 500; round++)
        {
            var scope = Scopes.Of("{}", ("a", """{"x":{"y":[{"z":1},{"z":40}],"w":{"v":[]}},"list":[0,1,2]}"""));
            Parallel.For(0, 8, _ =>
            {
                Assert.Equal(42, expression.Evaluate(scope)!.GetValue<double>());
                Assert.Equal("""{"all":{"y":[{"z":1},{"z":40}],"w":{"v":[]}}}""", template.Render(scope)!.ToJsonString());
            });
        }
    }
}
