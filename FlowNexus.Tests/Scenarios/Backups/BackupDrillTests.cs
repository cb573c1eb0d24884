using System.Net;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Backups;

/// <summary>The whole way: a server under load is backed up, dies, and comes back from the backup in another folder.</summary>
public sealed class BackupDrillTests : IDisposable
{
    private const int AcceptedBefore = 100;

    private readonly string _root = Directory.CreateTempSubdirectory("flownexus-drill-").FullName;

    private string First => Path.Combine(_root, "first");

    private string Second => Path.Combine(_root, "second");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task ServerRestoredFromABackupMadeUnderLoad_HasAllThatWasAcknowledgedBeforeAndGoesOn()
    {
        Directory.CreateDirectory(First);
        List<string> acknowledged;
        string report;
        await using (var server = await ServerProcess.StartAsync(First))
        {
            using var api = new ApiClient(server.Address);
            report = await api.StartAsync(await api.CreateAsync("""{"name":"report","steps":[{"name":"extract","type":"agent","agent_type":"researcher","description":"Extract data"},{"name":"report","type":"agent","agent_type":"coder","description":"Generate a report"}]}"""), """{"input_data":{"dataset":"small_sample","output_format":"json"}}""");
            await api.EndOfAsync(report);
            string[] workflows =
            [
                await api.CreateAsync("""{"name":"quick","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}"""),
                await api.CreateAsync("""{"name":"sleeper","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"3s"},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}"""),
            ];
            var load = new Load(api, workflows);
            acknowledged = await load.UntilAsync(AcceptedBefore);
            acknowledged.Add(report);

            var (exitCode, output, error) = await WebProgram.RunAsync("backup", "--to", _root, $"--FlowNexus:DataFolder={First}");

            Assert.True(exitCode == 0, error);
            Assert.Contains("verified   the database's integrity, the event chains of", output, StringComparison.Ordinal);
            Assert.DoesNotContain("missing", output, StringComparison.Ordinal);
            Assert.True(load.Count > acknowledged.Count, "Nothing was accepted while the backup ran.");
            await server.KillAsync();
            await load.Ended;
        }

        var archive = Assert.Single(Directory.EnumerateFiles(_root, "flownexus-*Z.zip"));
        var restored = await WebProgram.RunAsync("restore", "--from", archive, $"--FlowNexus:DataFolder={Second}");
        Assert.True(restored.ExitCode == 0, restored.Error);
        await using (var server = await ServerProcess.StartAsync(Second))
        {
            using var api = new ApiClient(server.Address);
            foreach (var id in acknowledged) Assert.Equal("completed", (await api.EndOfAsync(id)).Text("status"));
            foreach (var artifact in (await api.GetAsync($"executions/{report}/artifacts")).Body["artifacts"]!.AsArray())
                Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync($"artifacts/{artifact!.Text("artifact_id")}", TestContext.Current.CancellationToken)).StatusCode);
            foreach (var status in new[] { "queued", "running", "waiting" })
                foreach (var row in (await api.GetAsync($"executions?status={status}&limit=100")).Body["executions"]!.AsArray())
                    await api.EndOfAsync(row!.Text("execution_id"));
        }

        using var folder = DataFolder.Open(Second, Second);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
    }

    [Fact]
    public async Task Restore_IntoTheFolderOfARunningServer_IsRefused()
    {
        Directory.CreateDirectory(First);
        await using var server = await ServerProcess.StartAsync(First);
        Assert.Equal(0, (await WebProgram.RunAsync("backup", "--to", Path.Combine(_root, "b.zip"), $"--FlowNexus:DataFolder={First}")).ExitCode);

        var refused = await WebProgram.RunAsync("restore", "--from", Path.Combine(_root, "b.zip"), "--replace", $"--FlowNexus:DataFolder={First}");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("in use by process", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Four callers that start executions until the server is gone.</summary>
    private sealed class Load
    {
        private readonly List<string> _accepted = [];

        public Load(ApiClient api, string[] workflows)
        {
            Ended = Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
            {
                for (var n = caller; ; n++)
                {
                    try
                    {
                        var id = await api.StartAsync(workflows[n % workflows.Length]);
                        lock (_accepted) _accepted.Add(id);
                    }
                    catch (Exception gone) when (gone is HttpRequestException or IOException)
                    {
                        return;
                    }
                }
            })));
        }

        public Task Ended { get; }

        public int Count
        {
            get
            {
                lock (_accepted) return _accepted.Count;
            }
        }

        public async Task<List<string>> UntilAsync(int count)
        {
            while (Count < count && !Ended.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
            lock (_accepted) return [.. _accepted];
        }
    }
}
