using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Agents.BuiltIn.Kit;

namespace FlowNexus.Tests.Agents.BuiltIn.Skills;

public sealed class PipelineTests : IDisposable
{
    private readonly SkillBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task SpecPipeline_FirstQuarter_IsExtractedAndCleanedWithExactCounts()
    {
        _bench.Input = new JsonObject { ["dataset"] = "customer_analytics", ["date_range"] = "2024-Q1", ["output_format"] = "pdf" };
        var extracted = await _bench.RunAsync(new Extract(_bench.Reader), "data_extraction");
        var watch = Stopwatch.StartNew();
        var cleaned = await _bench.RunAsync(new Clean(), "data_processing", null, "data_extraction");
        Console.WriteLine(watch.Elapsed);
        Console.WriteLine(extracted.Output!.ToJsonString(new() { WriteIndented = true })[..3000]);
        Console.WriteLine(cleaned.Output!["summary"]);
        Console.WriteLine(cleaned.Output!["cleaning"]!.ToJsonString(new() { WriteIndented = true }));
        Console.WriteLine(cleaned.Output!["counts"]!.ToJsonString(new() { WriteIndented = true }));
        Console.WriteLine(cleaned.Output!["quality"]!.ToJsonString(new() { WriteIndented = true }));

        Assert.Equal(15_420, extracted.RecordsProcessed);
        Assert.True(extracted.BytesRead > 1_000_000);
        var table = await _bench.TableAsync(cleaned);
        Assert.Equal(cleaned.Output!["rows"]!.GetValue<int>(), table.RowCount);
        Assert.All(table.TryColumn("order_date")!.Values, value => Assert.InRange((DateTime)value!, new DateTime(2024, 1, 1), new DateTime(2024, 3, 31)));
        var counts = cleaned.Output!["counts"]!;
        Assert.Equal(extracted.Output!["rows"]!.GetValue<int>() - counts["duplicates_removed"]!.GetValue<int>() - counts["rows_dropped_missing"]!.GetValue<int>(), table.RowCount);
        Assert.Equal(["data_extraction", "data_processing"], cleaned.Output!["lineage"]!.AsArray().Select(entry => entry!["step"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Clean_WithoutAnyData_SaysWhatToDo()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new Clean(), "data_processing"));
        Assert.Equal(ProblemCodes.NoData, problem.Problem.Code);
        Assert.Contains("extracts data", problem.Message, StringComparison.Ordinal);
    }
}
