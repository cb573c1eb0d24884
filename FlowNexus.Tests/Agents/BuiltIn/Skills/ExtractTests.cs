using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Agents.BuiltIn.Kit;
using FlowNexus.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlowNexus.Tests.Agents.BuiltIn.Skills;

public sealed class ExtractTests
{
    [Fact]
    public async Task Dataset_Unknown_ListsTheKnownOnes()
    {
        using var bench = new SkillBench { Input = new JsonObject { ["dataset"] = "nothing" } };
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.RunAsync(new Extract(bench.Reader), "e"))).Problem;
        Assert.Equal(ProblemCodes.InvalidInputData, problem.Code);
        Assert.Equal(["customer_analytics", "customer_churn", "customer_database", "small_sample"], problem.Details[0].Allowed);
    }

    [Fact]
    public async Task Source_NotTold_IsNoData()
    {
        using var bench = new SkillBench { Input = new JsonObject { ["batch"] = "A" } };
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.RunAsync(new Extract(bench.Reader), "e"))).Problem;
        Assert.Equal(ProblemCodes.NoData, problem.Code);
    }

    [Theory]
    [InlineData("2030", ProblemCodes.NoData)]
    [InlineData("spring", ProblemCodes.InvalidInputData)]
    public async Task DateRange_EmptyOrWrong_IsRefused(string range, string code)
    {
        using var bench = new SkillBench { Input = new JsonObject { ["dataset"] = "small_sample", ["date_range"] = range } };
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.RunAsync(new Extract(bench.Reader), "e"))).Problem;
        Assert.Equal(code, problem.Code);
    }

    [Fact]
    public async Task DateRange_WithoutDateColumn_NamesTheColumns()
    {
        using var bench = new SkillBench();
        await bench.Files.WriteAsync("/a.csv", new MemoryStream("x,y\n1,2\n"u8.ToArray()), TestContext.Current.CancellationToken);
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.RunAsync(new Extract(bench.Reader), "e", new JsonObject { ["file"] = "/a.csv", ["date_range"] = "2024" }))).Problem;
        Assert.Equal(["x", "y"], problem.Details[0].Allowed);
    }

    [Fact]
    public async Task Sources_Several_ArePutTogetherWithTheirNames()
    {
        using var bench = new SkillBench();
        await bench.Files.WriteAsync("/a.csv", new MemoryStream("id,v\n1,2\n"u8.ToArray()), TestContext.Current.CancellationToken);
        await bench.Files.WriteAsync("/b.jsonl", new MemoryStream("{\"id\":2,\"w\":\"x\"}\n{\"id\":3,\"w\":\"y\"}\n"u8.ToArray()), TestContext.Current.CancellationToken);
        var result = await bench.RunAsync(new Extract(bench.Reader), "e", new JsonObject { ["sources"] = new JsonArray("/a.csv", new JsonObject { ["file"] = "/b.jsonl" }) });
        var table = await bench.TableAsync(result);
        Assert.Equal([1L, 2L, 3L], table.TryColumn("id")!.Values);
        Assert.Equal(["/a.csv", "/b.jsonl", "/b.jsonl"], table.TryColumn("source")!.Values);
        Assert.Equal(ColumnKind.Integer, table.TryColumn("v")!.Kind);
        Assert.Equal([2L, null, null], table.TryColumn("v")!.Values);
    }

    [Fact]
    public async Task Url_Json_IsReadThroughTheGuard()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/data", () => Results.Json(new { items = new[] { new { region = "EU", units = 3 } } })));
        using var open = new SkillBench(new OutboundHttpOptions { AllowedNetworks = ["127.0.0.0/8"] });
        var result = await open.RunAsync(new Extract(open.Reader), "e", new JsonObject { ["url"] = $"{server.Address}/data?token=secret" });
        Assert.Equal(3L, (await open.TableAsync(result)).TryColumn("units")!.Values[0]);
        Assert.DoesNotContain("secret", result.Output!.ToJsonString(), StringComparison.Ordinal);

        using var closed = new SkillBench();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => closed.RunAsync(new Extract(closed.Reader), "e", new JsonObject { ["url"] = $"{server.Address}/data" }));
        Assert.Equal(ProblemCodes.AddressRefused, problem.Problem.Code);
    }

    [Fact]
    public async Task Url_ServerError_MayBeRetried()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/data", () => Results.StatusCode(503)));
        using var bench = new SkillBench(new OutboundHttpOptions { AllowedHosts = ["127.0.0.1"] });
        var result = await bench.RunAsync(new Extract(bench.Reader), "e", new JsonObject { ["url"] = $"{server.Address}/data" });
        Assert.Equal(ProblemCodes.HttpFailed, result.Failure!.Code);
        Assert.True(result.Retryable);
    }

    [Fact]
    public async Task Dataset_OfOnesOwn_IsFoundByItsFileName()
    {
        using var bench = new SkillBench { Input = new JsonObject { ["dataset"] = "mine" } };
        Directory.CreateDirectory(Path.Combine(bench.Folder, "datasets"));
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, "datasets", "mine.csv"), "a;b\n1;x\n", Encoding.UTF8, TestContext.Current.CancellationToken);
        var table = await bench.TableAsync(await bench.RunAsync(new Extract(bench.Reader), "e"));
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
    }
}
