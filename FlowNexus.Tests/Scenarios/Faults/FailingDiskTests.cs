using System.Net;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Faults;

public sealed class FailingDiskTests
{
    private const string Sleeper = """{"name":"sleeper","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"2s"},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}""";

    [Fact]
    public async Task DiskFull_SaysSo_LosesNothing_AndGoesOnWhenThereIsSpaceAgain()
    {
        using var disk = SmallDisk.Mount(megabytes: 32);
        var folder = Path.Combine(disk.Folder, "data");
        var accepted = new List<string>();
        await using (var server = await ServerProcess.StartAsync(folder))
        {
            using var api = new ApiClient(server.Address);
            var workflow = await api.CreateAsync(Sleeper);
            for (var i = 0; i < 10; i++) accepted.Add(await api.StartAsync(workflow, """{"async":true}"""));
            disk.Fill();

            var refused = await UntilRefusedAsync(api, workflow, accepted);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE"), (refused.Answer.Status, refused.Answer.Code));
            Assert.NotNull(refused.Answer.RetryAfter);
            var health = await api.GetAsync("/health/ready");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (health.Status, health.Body.Text("status")));
            var check = health.Body["checks"]!.AsArray().Single(one => one!.Text("name") == "database")!;
            Assert.Equal("unhealthy", check.Text("status"));
            Assert.Contains("full", check.Text("detail"), StringComparison.Ordinal);
            Assert.Contains("Since ", check.Text("detail"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"executions/{accepted[0]}")).Status);

            disk.Free();
            await ReadyAsync(api);
            accepted.Add((await PostAsync(api, workflow, refused.Key)).Body.Text("execution_id"));
            foreach (var id in accepted) Assert.Equal("completed", (await api.EndOfAsync(id)).Text("status"));
            Assert.Contains("takes writes again", server.Output, StringComparison.Ordinal);
            await server.KillAsync();
        }

        await CheckAsync(folder, accepted);
    }

    [Fact]
    public async Task DataFolder_OnAReadOnlyDisk_EndsTheStartWithASentence_AndStartsOnceWritable()
    {
        using var disk = SmallDisk.Mount(megabytes: 32);
        var folder = Path.Combine(disk.Folder, "data");
        await using (await ServerProcess.StartAsync(folder))
        {
            // Makes the installation; it is killed.
        }

        disk.Protect();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(folder);
        Assert.Equal(1, exitCode);
        Assert.Contains(folder, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);

        disk.Unprotect();
        await using var again = await ServerProcess.StartAsync(folder);
        using var api = new ApiClient(again.Address);
        Assert.Equal("completed", (await api.EndOfAsync(await api.StartAsync(await api.CreateAsync(Sleeper), """{"async":true}"""))).Text("status"));
    }

    /// <summary>Each request larger than the one before could still fit.</summary>
    private static async Task<(string Key, Answer Answer)> UntilRefusedAsync(ApiClient api, string workflow, List<string> accepted)
    {
        for (var number = 0; ; number++)
        {
            var key = $"full-{number}";
            var answer = await PostAsync(api, workflow, key);
            if (answer.Status != HttpStatusCode.Accepted) return (key, answer);
            accepted.Add(answer.Body.Text("execution_id"));
            Assert.InRange(number, 0, 1000);
        }
    }

    private static Task<Answer> PostAsync(ApiClient api, string workflow, string key) =>
        api.PostAsync($"workflows/{workflow}/execute", $$"""{"input_data":{"text":"{{new string('x', 100_000)}}"},"async":true}""", ("Idempotency-Key", key));

    internal static async Task ReadyAsync(ApiClient api)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await api.GetAsync("/health/ready")).Status != HttpStatusCode.OK) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, enough.Token);
    }

    /// <summary>What is stored is what was acknowledged, and nothing else.</summary>
    private static async Task CheckAsync(string folder, List<string> accepted)
    {
        using var data = DataFolder.Open(folder, folder);
        using var database = EngineDatabase.Open(data, null, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        Assert.Equal(accepted.Order(StringComparer.Ordinal), (await context.Executions.Select(row => row.Id).ToListAsync()).Order(StringComparer.Ordinal));
    }
}
