using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Agents.BuiltIn.Kit;

namespace FlowNexus.Tests.Agents.BuiltIn.Skills;

public sealed class CleanTests : IDisposable
{
    private const string Dirty =
        "order_id,date,region,units,amount\n"
        + "A1,2024-01-01,Europe,1,10\n" + "A1,2024-01-01, europe,1,10\n" + "A2,01/31/2024,EUROPE,-4,\"$1,200.50\"\n" + "A3,2024-01-03,N/A,2,12 USD\n"
        + "A4,2024-01-04,Europe,3,13\n" + "A5,2024-01-05,Asia  Pacific,1,\n" + "A6,,Asia Pacific,1,15\n" + "A7,2024-01-07,Asia Pacific,2,16\n"
        + "A8,2024-01-08,Europe,5,17\n" + "A9,2024-01-09,Europe,6,18\n" + "A10,2024-01-10,Europe,2,19\n"
        + "A11,2024-01-10,Europe,2,19\nA12,2024-01-10,Europe,2,19\nA13,2024-01-10,Europe,2,19\nA14,2024-01-10,Europe,2,19\nA15,2024-01-10,Europe,2,19\n"
        + "A16,2024-01-10,Europe,2,19\nA17,2024-01-10,Europe,2,19\nA18,2024-01-10,Europe,2,19\nA19,2024-01-10,Europe,2,19\nA20,2024-01-10,Europe,2,19\nA21,2024-01-10,Europe,2,19\n";

    private readonly SkillBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Clean_DirtyTable_MendsAndCountsEachColumn()
    {
        await _bench.GivenAsync("raw", Dirty);
        var result = await _bench.RunAsync(new Clean(), "clean", null, "raw");
        var counts = result.Output!["counts"]!;
        Assert.Equal(22, counts["rows_in"]!.GetValue<int>());
        Assert.Equal(20, counts["rows_out"]!.GetValue<int>());
        Assert.Equal(1, counts["duplicates_removed"]!.GetValue<int>());
        Assert.Equal(1, counts["rows_dropped_missing"]!.GetValue<int>());
        Assert.Equal(2, counts["cells_trimmed"]!.GetValue<int>());
        Assert.Equal(2, counts["spellings_unified"]!.GetValue<int>());
        Assert.Equal(1, counts["placeholders_to_missing"]!.GetValue<int>());
        Assert.Equal(1, counts["impossible_to_missing"]!.GetValue<int>());
        Assert.Equal(1, counts["labelled_unknown"]!.GetValue<int>());
        Assert.Equal(2, counts["values_reformatted"]!.GetValue<int>());
        Assert.Equal(2, result.Output!["cleaning"]!["by_column"]!["amount"]!["reformatted"]!.GetValue<int>());

        var table = await _bench.TableAsync(result);
        Assert.Equal(["Asia Pacific", "Europe", "Unknown"], table.TryColumn("region")!.Values.Cast<string>().Distinct().Order());
        Assert.Equal(1200.5, table.TryColumn("amount")!.Values[1]);
        Assert.Equal(new DateTime(2024, 1, 31), table.TryColumn("date")!.Values[1]);
        Assert.Null(table.TryColumn("units")!.Values[1]);
    }

    [Fact]
    public async Task Clean_TidyTable_ChangesNothing()
    {
        await _bench.GivenAsync("raw", "id,region,zip\n1,Europe,00123\n2,Asia,04567\n");
        var result = await _bench.RunAsync(new Clean(), "clean", null, "raw");
        Assert.Contains("nothing needed mending", result.Output!["summary"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["00123", "04567"], (await _bench.TableAsync(result)).TryColumn("zip")!.Values);
    }

    [Fact]
    public async Task Missing_ByRule_IsImputedAndCounted()
    {
        await _bench.GivenAsync("raw", "id,units,region\n1,2,a\n2,,a\n3,4,\n");
        var result = await _bench.RunAsync(new Clean(), "clean", new JsonObject { ["missing"] = new JsonObject { ["units"] = "median", ["region"] = "mode" } }, "raw");
        var table = await _bench.TableAsync(result);
        Assert.Equal([2L, 3L, 4L], table.TryColumn("units")!.Values);
        Assert.Equal(["a", "a", "a"], table.TryColumn("region")!.Values);
        Assert.Equal(2, result.Output!["counts"]!["values_imputed"]!.GetValue<int>());
    }

    [Fact]
    public async Task Missing_Numbers_StayMissingByDefault()
    {
        await _bench.GivenAsync("raw", "id,units\n1,2\n2,\n3,4\n");
        var table = await _bench.TableAsync(await _bench.RunAsync(new Clean(), "clean", null, "raw"));
        Assert.Equal([2L, null, 4L], table.TryColumn("units")!.Values);
    }

    [Theory]
    [InlineData("mark", 101)]
    [InlineData("drop", 100)]
    [InlineData("cap", 101)]
    public async Task Outliers_FarValue_IsTreatedAsAsked(string treatment, int rows)
    {
        var lines = Enumerable.Range(0, 100).Select(row => $"{row},{100 + row % 37}.5").Append("100,99999.5");
        await _bench.GivenAsync("raw", "n,amount\n" + string.Join('\n', lines) + "\n");
        var result = await _bench.RunAsync(new Clean(), "clean", new JsonObject { ["outliers"] = treatment }, "raw");
        var table = await _bench.TableAsync(result);
        Assert.Equal(rows, table.RowCount);
        Assert.Equal(1, result.Output!["counts"]!["outliers_found"]!.GetValue<int>());
        Assert.Equal(treatment == "mark", table.TryColumn("is_outlier") is { } mark && mark.Values[100] is true && mark.Values.Count(flag => flag is true) == 1);
        Assert.Equal(treatment == "mark", table.TryColumn("amount")!.Values.Max() is 99999.5);
    }

    [Fact]
    public async Task Settings_UnknownRule_ListsTheAllowed()
    {
        await _bench.GivenAsync("raw", "a\n1\n");
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new Clean(), "clean", new JsonObject { ["missing"] = "guess" }, "raw"))).Problem;
        Assert.Equal(ProblemCodes.InvalidDefinition, problem.Code);
        Assert.Contains("median", problem.Details[0].Allowed!);
        Assert.Equal("/config/missing", problem.Details[0].Pointer);
    }

    [Fact]
    public async Task Range_Declared_ReplacesTheGuess()
    {
        await _bench.GivenAsync("raw", "id,temperature\n1,20\n2,-300\n3,25\n");
        var result = await _bench.RunAsync(new Clean(), "clean", new JsonObject { ["ranges"] = new JsonObject { ["temperature"] = new JsonObject { ["min"] = -273.15 } } }, "raw");
        Assert.Equal([20L, null, 25L], (await _bench.TableAsync(result)).TryColumn("temperature")!.Values);
        Assert.Equal(ColumnKind.Integer, (await _bench.TableAsync(result)).TryColumn("temperature")!.Kind);
    }
}
