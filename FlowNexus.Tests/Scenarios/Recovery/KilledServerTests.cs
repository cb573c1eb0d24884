using System.Net;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Recovery;

public abstract class KilledServerTests(Store store) : IAsyncLifetime
{
    private const int Kills = 3;
    private const int AcceptedBeforeEachKill = 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-killed-").FullName;
    private readonly HashSet<string> _accepted = [];
    private string? _connectionString;

    private string[] Settings => _connectionString is null ? [] : [$"--FlowNexus:Database:ConnectionString={_connectionString}"];

    public async ValueTask InitializeAsync() => _connectionString = await Postgres.FreshAsync(store);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ServerKilledUnderLoad_LosesNothingItAcceptedAndDoesNothingTwice()
    {
        string[] workflows = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.StartAsync(_folder, Settings);
            using var api = new ApiClient(server.Address);
            if (kill == 0) workflows = await CreateAsync(api);
            await LoadUntilKilledAsync(server, api, workflows);
        }

        await using (var last = await ServerProcess.StartAsync(_folder, Settings))
        {
            using var api = new ApiClient(last.Address);
            foreach (var id in _accepted) Assert.True((await api.EndOfAsync(id)).Text("status") == "completed", $"{(await api.GetAsync($"executions/{id}")).Body}\n{last.Output}");
            await OthersEndAsync(api);
        }

        using var folder = DataFolder.Open(_folder, _folder);
        using var database = EngineDatabase.Open(folder, _connectionString, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        var lost = await context.Events.CountAsync(row => row.Type == "attempt_lost", TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{_accepted.Count} accepted over {Kills} kills, {lost} attempts lost and repeated.");
        Assert.True(_accepted.Count >= Kills * AcceptedBeforeEachKill);
    }

    [Fact]
    public async Task SecondProcess_OnTheSameDataFolder_EndsNamingTheFirst()
    {
        await using var first = await ServerProcess.StartAsync(_folder, Settings);
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder, Settings);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"in use by process {first.Id}", output, StringComparison.Ordinal);
        using var api = new ApiClient(first.Address);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("workflows")).Status);
    }

    private static async Task<string[]> CreateAsync(ApiClient api) =>
    [
        await api.CreateAsync("""{"name":"transforms","steps":[{"name":"a","type":"transform","set":{"x":"{{ input.n + 1 }}"}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x * 2 }}"}},{"name":"c","type":"transform","set":{"z":3}}]}"""),
        await api.CreateAsync("""{"name":"one commit a step","configuration":{"durability":"step"},"steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}},{"name":"c","type":"transform","set":{"z":3}}]}"""),
        await api.CreateAsync("""{"name":"sleeper","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"1s"},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}"""),
        await api.CreateAsync("""{"name":"parallel naps","steps":[{"name":"a","type":"delay","duration":"1s","depends_on":[]},{"name":"b","type":"delay","duration":"2s","depends_on":[]},{"name":"c","type":"transform","set":{"z":3},"depends_on":["a","b"]}]}"""),
        await api.CreateAsync("""
            {"name":"agents","steps":[
              {"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources"},
              {"name":"data_processing","type":"agent","agent_type":"analyst","description":"Clean and process extracted data"},
              {"name":"report_generation","type":"agent","agent_type":"coder","description":"Generate comprehensive reports"}]}
            """),
    ];

    /// <summary>Eight callers at once until enough were accepted; then the server dies in the middle of all that.</summary>
    private async Task LoadUntilKilledAsync(ServerProcess server, ApiClient api, string[] workflows)
    {
        var before = _accepted.Count;
        var number = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var n = Interlocked.Increment(ref number);
                try
                {
                    var answer = await api.PostAsync($"workflows/{workflows[n % workflows.Length]}/execute", $$"""{"input_data":{"n":{{n}},"dataset":"small_sample","output_format":"json"},"async":true}""");
                    Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Body.ToJsonString());
                    lock (_accepted)
                    {
                        _accepted.Add(answer.Body.Text("execution_id"));
                        if (_accepted.Count - before >= AcceptedBeforeEachKill) enough.TrySetResult();
                    }
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    return;
                }
            }
        })).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        await server.KillAsync();
        await Task.WhenAll(callers);
    }

    /// <summary>What was committed while its caller saw the connection break ends too.</summary>
    private static async Task OthersEndAsync(ApiClient api)
    {
        foreach (var status in new[] { "queued", "running", "waiting" })
            foreach (var row in (await api.GetAsync($"executions?status={status}&limit=100")).Body["executions"]!.AsArray())
                Assert.Equal("completed", (await api.EndOfAsync(row!.Text("execution_id"))).Text("status"));
    }
}

public sealed class SqliteKilledServerTests() : KilledServerTests(Store.Sqlite);

[Trait("Category", "Soak")]
public sealed class PostgresKilledServerTests() : KilledServerTests(Store.Postgres);
