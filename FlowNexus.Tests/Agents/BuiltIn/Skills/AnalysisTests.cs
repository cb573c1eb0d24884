using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Agents.BuiltIn.Kit;

namespace FlowNexus.Tests.Agents.BuiltIn.Skills;

public sealed class AnalysisTests : IDisposable
{
    private const string Orders = "date,region,units,revenue\n2024-01-10,EU,1,10\n2024-01-20,US,2,30\n2024-02-05,EU,3,20\n2024-02-06,EU,,40\n2024-03-01,US,4,100\n";

    private readonly SkillBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Profile_Table_HasExactFiguresAndKeepsTheTable()
    {
        await _bench.GivenAsync("orders", Orders);
        var result = await _bench.RunAsync(new Profile(), "profile", null, "orders");
        var units = result.Output!["profile"]!["columns"]!.AsArray().Single(column => column!["name"]!.GetValue<string>() == "units")!;
        Assert.Equal(1, units["missing"]!.GetValue<int>());
        Assert.Equal(2.5, units["median"]!.GetValue<double>());
        Assert.Equal(10, units["sum"]!.GetValue<double>());
        Assert.Equal(result.Output!["table"]!["size"]!.GetValue<long>(), result.Output!["data_size"]!.GetValue<long>());
        Assert.Equal(5, (await _bench.TableAsync(result)).RowCount);
    }

    [Theory]
    [InlineData("""{"input":[{"units":1},{"units":3}]}""")]
    [InlineData("""{"table":[{"units":1},{"units":3}]}""")]
    [InlineData("""{"input":[[{"units":1},{"units":3}]]}""")]
    public async Task Profile_RowsInItsSettings_AreTheTable(string settings)
    {
        var result = await _bench.RunAsync(new Profile(), "profile", (JsonObject)JsonNode.Parse(settings)!);
        Assert.Equal(2, (await _bench.TableAsync(result)).RowCount);
        Assert.Equal(4, result.Output!["profile"]!["columns"]!.AsArray().Single()!["sum"]!.GetValue<double>());
    }

    [Fact]
    public async Task Transform_FilterDeriveSortSelect_DoesAllInOrder()
    {
        await _bench.GivenAsync("orders", Orders);
        var result = await _bench.RunAsync(new Transform(), "t", new JsonObject
        {
            ["filter"] = "units > 1",
            ["derive"] = new JsonObject { ["price"] = "revenue / units" },
            ["rename"] = new JsonObject { ["region"] = "area" },
            ["sort"] = new JsonArray("-price"),
            ["select"] = new JsonArray("area", "price"),
        }, "orders");
        var table = await _bench.TableAsync(result);
        Assert.Equal(["area", "price"], table.Columns.Select(column => column.Name));
        Assert.Equal(["US", "US", "EU"], table.TryColumn("area")!.Values);
        Assert.Equal([25.0, 15.0, 20.0 / 3], table.TryColumn("price")!.Values);
        // The row without units does not match and is counted as filtered out.
        Assert.Equal(2, result.Output!["counts"]!["rows_filtered_out"]!.GetValue<int>());
    }

    [Fact]
    public async Task Transform_UnknownColumn_IsAnErrorEvenThoughRowsCouldBeDropped()
    {
        await _bench.GivenAsync("orders", Orders);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new Transform(), "t", new JsonObject { ["filter"] = "unitz > 1" }, "orders"));
        Assert.Equal(ProblemCodes.ExpressionUnresolved, problem.Problem.Code);
    }

    [Fact]
    public async Task Aggregate_ByColumnAndMonth_SumsCorrectly()
    {
        await _bench.GivenAsync("orders", Orders);
        var result = await _bench.RunAsync(new Aggregate(), "a", new JsonObject
        {
            ["group_by"] = new JsonArray("region", "date"), ["time_bucket"] = "month", ["measures"] = new JsonArray("sum(revenue)", "count", "share(revenue)"),
        }, "orders");
        var table = await _bench.TableAsync(result);
        Assert.Equal(["EU", "EU", "US", "US"], table.TryColumn("region")!.Values);
        Assert.Equal([10.0, 60.0, 30.0, 100.0], table.TryColumn("sum_revenue")!.Values);
        Assert.Equal([1L, 2L, 1L, 1L], table.TryColumn("count")!.Values);
        Assert.Equal(0.3, table.TryColumn("share_revenue")!.Values[1]);
    }

    [Fact]
    public async Task Aggregate_NothingSpecified_PicksTimeAndMeasures()
    {
        await _bench.GivenAsync("orders", Orders);
        var result = await _bench.RunAsync(new Aggregate(), "a", null, "orders");
        Assert.Equal("week", result.Output!["group_by"]![0]!.GetValue<string>());
        Assert.Equal(200.0, (await _bench.TableAsync(result)).TryColumn("sum_revenue")!.Values.Cast<double>().Sum());
    }

    [Fact]
    public async Task Sql_JoinOfTwoSteps_Answers()
    {
        await _bench.GivenAsync("orders", Orders);
        await _bench.GivenAsync("names", "region,title\nEU,Europe\nUS,America\n");
        var result = await _bench.RunAsync(new SqlQuery(), "q", new JsonObject { ["sql"] = "SELECT title, SUM(revenue) AS total FROM orders JOIN names USING (region) GROUP BY title ORDER BY total DESC" }, "orders", "names");
        var table = await _bench.TableAsync(result);
        Assert.Equal(["America", "Europe"], table.TryColumn("title")!.Values);
        Assert.Equal([130L, 70L], table.TryColumn("total")!.Values);
    }

    [Theory]
    [InlineData("DELETE FROM data")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("ATTACH '/tmp/x.db' AS x")]
    [InlineData("PRAGMA query_only = 0")]
    [InlineData("SELECT load_extension('x')")]
    [InlineData("CREATE TABLE t (a)")]
    [InlineData("VACUUM INTO '/tmp/x.db'")]
    [InlineData("SELECT nothing FROM data")]
    [InlineData("SELECT length(randomblob(900000000)) FROM data")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT i FROM n")]
    public async Task Sql_AnythingButABoundedRead_IsRefused(string sql)
    {
        await _bench.GivenAsync("orders", Orders);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new SqlQuery(), "q", new JsonObject { ["sql"] = sql }, "orders"));
        Assert.Equal(ProblemCodes.InvalidDefinition, problem.Problem.Code);
    }

    [Fact]
    public async Task Sql_EndlessStatement_StopsWhenCancelled()
    {
        await _bench.GivenAsync("orders", Orders);
        using var cancelled = new CancellationTokenSource();
        var context = _bench.Context("q", new JsonObject { ["sql"] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n" }, "orders");
        var running = Task.Run(() => new SqlQuery().RunAsync(context, cancelled.Token), TestContext.Current.CancellationToken);
        cancelled.CancelAfter(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Summarise_Orders_StatesFiguresOfTheData()
    {
        await _bench.GivenAsync("orders", Orders);
        var result = await _bench.RunAsync(new Summarise(), "s", null, "orders");
        var findings = result.Output!["findings"]!.AsArray();
        var total = findings.Single(finding => finding!["kind"]!.GetValue<string>() == "total")!;
        Assert.Equal(200, total["figures"]!["sum"]!.GetValue<double>());
        var segment = findings.Single(finding => finding!["kind"]!.GetValue<string>() == "segment")!;
        Assert.StartsWith("US leads by region with 130", segment["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summarise_MarkedOutliers_AreSetAsideAndSaid()
    {
        await _bench.GivenAsync("orders", "region,revenue,is_outlier\nEU,10,false\nUS,20,false\nUS,30000,true\nEU,15,false\n");
        var result = await _bench.RunAsync(new Summarise(), "s", null, "orders");
        Assert.Equal(1, result.Output!["counts"]!["outliers_set_aside"]!.GetValue<int>());
        Assert.Equal(45, result.Output!["findings"]!.AsArray().Single(finding => finding!["kind"]!.GetValue<string>() == "total")!["figures"]!["sum"]!.GetValue<double>());
    }
}
