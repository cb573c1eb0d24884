using System.Diagnostics;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Recovery;

public sealed class KilledLoopTests : IDisposable
{
    private const int Items = 10_000;
    private const long MostMemory = 500L * 1024 * 1024;
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-loop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Trait("Category", "Soak")]
    [Theory]
    [InlineData("pure", """{"name":"each","type":"for_each","items":{"from":1,"to":10000},"step":{"type":"transform","set":{"n":"{{ item * 2 }}"}}}""")]
    [InlineData("children", """{"name":"each","type":"for_each","items":{"from":1,"to":10000},"concurrency":20,"workflow":"one"}""")]
    public async Task TenThousandItems_KilledInTheMiddle_EachCommitOnceWithinTheMemory(string body, string step)
    {
        string id;
        long peak = 0;
        var since = Stopwatch.GetTimestamp();
        await using (var first = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(first.Address);
            await api.CreateAsync("""{"name":"one","steps":[{"name":"d","type":"transform","set":{"n":"{{ input.item * 2 }}"}}]}""");
            var workflow = await api.CreateAsync($$"""{"name":"loop","steps":[{{step}}]}""");
            id = (await api.PostAsync($"workflows/{workflow}/execute", """{"async":true}""")).Body.Text("execution_id");
            while ((await api.GetAsync($"executions/{id}/steps")).Body["steps"]![0]!["items_done"]?.GetValue<int>() is null or < 500) await Task.Yield();
            peak = Math.Max(peak, PeakOf(first.Id));
            await first.KillAsync();
        }

        await using (var second = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(second.Address);
            Assert.Equal("completed", (await api.EndOfAsync(id)).Text("status"));
            peak = Math.Max(peak, PeakOf(second.Id));
            var output = (await api.GetAsync($"executions/{id}/steps/each/output")).Body;
            Assert.Equal(Items, output["succeeded"]!.GetValue<int>());
            var results = output["results"]!.AsArray();
            for (var i = 0; i < Items; i++) Assert.Equal((i + 1) * 2, (body == "pure" ? results[i] : results[i]!["d"])!["n"]!.GetValue<int>());
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{body}: {Items} items in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s with a kill and a restart, peak {peak / 1024 / 1024} MB.");
        Assert.InRange(peak, 1, MostMemory);
        await CheckRowsAsync(id);
    }

    private async Task CheckRowsAsync(string id)
    {
        using var folder = DataFolder.Open(_folder, _folder);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        await using var context = database.Read();
        await StoredTruth.CheckReplayAsync(context, await context.Executions.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken));
        Assert.Equal(Items, await context.Iterations.CountAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken));

        // Every item has one end in the stream: none ran again after its result was committed.
        var ends = new int[Items];
        foreach (var row in await context.Events.Where(row => row.Stream == id && row.Type == "items_completed").ToListAsync(TestContext.Current.CancellationToken))
        {
            var happened = Engine.Executions.Driving.EventPayload.Read(row, _ => 0)!;
            for (var item = happened.Item; item <= happened.Through; item++) ends[item]++;
        }

        Assert.All(ends, count => Assert.Equal(1, count));
    }

    /// <summary>Highest resident set of a process so far, in bytes.</summary>
    private static long PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
