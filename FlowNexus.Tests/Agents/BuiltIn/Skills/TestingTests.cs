using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Agents.BuiltIn.Kit;

namespace FlowNexus.Tests.Agents.BuiltIn.Skills;

public sealed class TestingTests : IDisposable
{
    private readonly SkillBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task EvaluateModel_ChurnDataset_BeatsTheBaselineOnHeldOutRows()
    {
        _bench.Input = new JsonObject { ["dataset"] = "customer_churn" };
        await _bench.RunAsync(new Extract(_bench.Reader), "data");
        var result = await _bench.RunAsync(new EvaluateModel(), "validate", null, "data");
        var score = result.Output!["score"]!.GetValue<double>();
        var baseline = result.Output!["baseline_accuracy"]!.GetValue<double>();
        TestContext.Current.TestOutputHelper?.WriteLine(result.Output!["summary"]!.GetValue<string>());
        Assert.InRange(score, baseline + 0.05, 0.99);
        Assert.Equal(480, result.Output!["evaluated_rows"]!.GetValue<int>());

        var again = await _bench.RunAsync(new EvaluateModel(), "again", null, "data");
        Assert.Equal(score, again.Output!["score"]!.GetValue<double>());
    }

    [Fact]
    public async Task EvaluateModel_RandomLabels_DoesNotPretend()
    {
        var lines = Enumerable.Range(0, 400).Select(row => $"{row * 7919 % 1000},{(row * 104729 % 1009) % 2}");
        await _bench.GivenAsync("data", "x,label\n" + string.Join('\n', lines) + "\n");
        var result = await _bench.RunAsync(new EvaluateModel(), "v", null, "data");
        Assert.InRange(result.Output!["score"]!.GetValue<double>(), 0.3, 0.68);
    }

    [Fact]
    public async Task EvaluateModel_GivenPredictions_ScoresThem()
    {
        await _bench.GivenAsync("predictions", "actual,predicted\nyes,yes\nyes,no\nno,no\nno,no\n");
        var result = await _bench.RunAsync(new EvaluateModel(), "v", null, "predictions");
        Assert.Equal(0.75, result.Output!["score"]!.GetValue<double>());
        Assert.Equal(1, result.Output!["confusion"]!["yes"]!["no"]!.GetValue<int>());
        Assert.Equal(Math.Round((2.0 / 3 + 0.8) / 2, 4), result.Output!["f1"]!.GetValue<double>());
    }

    [Fact]
    public async Task EvaluateModel_WithoutLabel_SaysWhichColumnsThereAre()
    {
        await _bench.GivenAsync("data", "a,b\n1,2\n");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new EvaluateModel(), "v", null, "data"));
        Assert.Equal(ProblemCodes.NoData, problem.Problem.Code);
        Assert.Contains("a, b", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DeclaredRules_NameTheRowsThatBreakThem()
    {
        await _bench.GivenAsync("data", "id,age,mail\n1,30,a@x\n2,300,b\n2,40,\n");
        var result = await _bench.RunAsync(new Check(), "c", new JsonObject
        {
            ["rules"] = new JsonArray(
                new JsonObject { ["column"] = "id", ["unique"] = true },
                new JsonObject { ["column"] = "age", ["min"] = 0, ["max"] = 120 },
                new JsonObject { ["column"] = "mail", ["required"] = true, ["pattern"] = "@" }),
        }, "data");
        var broken = result.Output!["checks"]!.AsArray().Where(check => !check!["passed"]!.GetValue<bool>()).ToDictionary(check => check!["rule"]!.GetValue<string>(), check => check!["rows"]!.ToJsonString());
        Assert.Equal(new Dictionary<string, string> { ["unique"] = "[3]", ["range"] = "[2]", ["complete"] = "[3]", ["format"] = "[2]" }, broken);
        Assert.Equal(0.2, result.Output!["score"]!.GetValue<double>());
    }

    [Fact]
    public async Task Check_FirstStep_ChecksTheInput()
    {
        _bench.Input = new JsonObject { ["batch"] = "A", ["note"] = "" };
        var result = await _bench.RunAsync(new Check(), "validate input data");
        Assert.Equal(0.5, result.Output!["score"]!.GetValue<double>());
    }

    [Fact]
    public async Task Check_FailSet_FailsWithEveryBrokenRule()
    {
        await _bench.GivenAsync("data", "id\n1\n1\n");
        var result = await _bench.RunAsync(new Check(), "c", new JsonObject { ["fail"] = true, ["rules"] = new JsonArray(new JsonObject { ["column"] = "id", ["unique"] = true }) }, "data");
        Assert.Equal(ProblemCodes.ValidationFailed, result.Failure!.Code);
        Assert.False(result.Retryable);
    }

    [Fact]
    public async Task Compare_TwoTables_FindsTheLargestDifferenceFirst()
    {
        await _bench.GivenAsync("before", "id,price,kind\n1,10,a\n2,12,a\n3,11,b\n");
        await _bench.GivenAsync("after", "id,price,kind\n1,20,a\n2,22,a\n4,21,b\n");
        var result = await _bench.RunAsync(new Compare(), "c", new JsonObject { ["key"] = "id" }, "before", "after");
        var first = result.Output!["differences"]![0]!;
        Assert.Equal("price", first["column"]!.GetValue<string>());
        Assert.Equal(21, first["second"]!.GetValue<double>());
        Assert.Equal("""{"added":1,"removed":1,"changed":2,"equal":0}""", result.Output!["rows_by_key"]!.ToJsonString());
    }

    [Fact]
    public async Task SplitThenMerge_AllRows_ComeBackOnce()
    {
        _bench.Input = new JsonObject { ["dataset"] = "small_sample" };
        await _bench.RunAsync(new Extract(_bench.Reader), "data");
        var split = await _bench.RunAsync(new Split(), "split", new JsonObject { ["fraction"] = 0.8 }, "data");
        Assert.Equal([40, 10], split.Output!["parts"]!.AsArray().Select(part => part!["rows"]!.GetValue<int>()));
        Assert.Equal(2, split.Artifacts.Count);
        var merged = await _bench.RunAsync(new Merge(), "merge", new JsonObject { ["input"] = split.Output!["parts"]!.DeepClone() }, "split");
        Assert.Equal(50, (await _bench.TableAsync(merged)).RowCount);
    }

    [Fact]
    public async Task Merge_OnKey_JoinsColumns()
    {
        await _bench.GivenAsync("a", "id,x\n1,p\n2,q\n3,r\n");
        await _bench.GivenAsync("b", "id,y\n2,Q\n1,P\n");
        var table = await _bench.TableAsync(await _bench.RunAsync(new Merge(), "m", new JsonObject { ["on"] = "id", ["how"] = "left" }, "a", "b"));
        Assert.Equal(["P", "Q", null], table.TryColumn("y")!.Values);
    }

    [Fact]
    public async Task DraftText_FromSteps_NamesItsSources()
    {
        await _bench.GivenAsync("orders", "region,revenue\nEU,10\nUS,30\nEU,25\n");
        await _bench.RunAsync(new Summarise(), "findings", null, "orders");
        var result = await _bench.RunAsync(new DraftText(), "draft", new JsonObject { ["title"] = "Orders" }, "findings");
        var text = result.Output!["text"]!.GetValue<string>();
        Assert.StartsWith("# Orders\n", text, StringComparison.Ordinal);
        Assert.Contains("EU leads by region", text, StringComparison.Ordinal);
        Assert.Contains("step findings", result.Output!["sources"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DraftText_OnlyATopic_RefusesToInvent()
    {
        _bench.Input = new JsonObject { ["topic"] = "The future of bees" };
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new DraftText(), "draft"));
        Assert.Equal(ProblemCodes.NoData, problem.Problem.Code);
    }
}
