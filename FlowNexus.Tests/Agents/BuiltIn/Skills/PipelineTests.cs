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
        var cleaned = await _bench.RunAsync(new Clean(), "data_processing", null, "data_extraction");

        Assert.Equal(15_420, extracted.RecordsProcessed);
        Assert.Equal(new FileInfo(Path.Combine(_bench.Folder, "datasets", "customer_analytics.csv")).Length, extracted.BytesRead);
        var counts = extracted.Output!["counts"]!;
        Assert.Equal(15_420, Count(counts, "rows_kept") + Count(counts, "rows_outside_range") + Count(counts, "rows_without_date"));

        var table = await _bench.TableAsync(cleaned);
        Assert.Equal(Count(cleaned.Output!, "rows"), table.RowCount);
        Assert.All(table.TryColumn("order_date")!.Values, value => Assert.InRange((DateTime)value!, new DateTime(2024, 1, 1), new DateTime(2024, 3, 31)));
        Assert.Equal(["Consumer", "Enterprise", "Small Business"], table.TryColumn("segment")!.Values.Cast<string>().Distinct().Order());
        Assert.All(table.TryColumn("customer_age")!.Values, value => Assert.True(value is null or (>= 1L and <= 120L)));
        Assert.Equal(table.RowCount, table.TryColumn("order_id")!.Values.Distinct().Count());

        var cleaning = cleaned.Output!["counts"]!;
        Assert.Equal(Count(extracted.Output!, "rows") - Count(cleaning, "duplicates_removed") - Count(cleaning, "rows_dropped_missing"), table.RowCount);
        Assert.True(Count(cleaning, "duplicates_removed") > 10);
        Assert.True(Count(cleaning, "impossible_to_missing") > 5);
        Assert.Equal(["data_extraction", "data_processing"], cleaned.Output!["lineage"]!.AsArray().Select(entry => entry!["step"]!.GetValue<string>()));
        Assert.Equal(table.RowCount, cleaned.Output!["profile"]!["rows"]!.GetValue<int>());
        Assert.Equal("2024-Q1", cleaned.Output!["source"]!["date_range"]!.GetValue<string>());
    }

    [Fact]
    public async Task WholeDataset_EachSkill_StaysWithinSeconds()
    {
        _bench.Input = new JsonObject { ["dataset"] = "customer_analytics" };
        await _bench.Datasets.EnsureAsync(TestContext.Current.CancellationToken);
        FlowNexus.Engine.Agents.ISkill[] skills = [new Extract(_bench.Reader), new Clean(), new Profile(), new Summarise(), new Aggregate(), new Check()];
        var previous = "";
        foreach (var skill in skills)
        {
            var watch = Stopwatch.StartNew();
            await _bench.RunAsync(skill, skill.Name, null, previous.Length == 0 ? [] : [previous]);
            // Generous against a busy machine; a quadratic algorithm would take minutes.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{skill.Name} took {watch.Elapsed}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{skill.Name}: {watch.Elapsed.TotalMilliseconds:0} ms");
            if (skill.Name is "extract" or "clean")
                previous = skill.Name;
        }
    }

    [Fact]
    public async Task Clean_WithoutAnyData_SaysWhatToDo()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => _bench.RunAsync(new Clean(), "data_processing"));
        Assert.Equal(ProblemCodes.NoData, problem.Problem.Code);
        Assert.Contains("extracts data", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skill_Cancelled_Stops()
    {
        _bench.Input = new JsonObject { ["dataset"] = "customer_analytics" };
        await _bench.RunAsync(new Extract(_bench.Reader), "extract");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Clean().RunAsync(_bench.Context("clean", null, "extract"), cancelled.Token));
    }

    private static int Count(JsonNode node, string name) => node[name]!.GetValue<int>();
}
