using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FlowNexus.Tests.Scenarios.Faults;

public abstract class DamagedRowTests(Store store) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-damaged-").FullName;
    private string? _connectionString;

    public async ValueTask InitializeAsync() => _connectionString = await Postgres.FreshAsync(store);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RowThatMakesNoSense_TakesOutItsExecutionAlone()
    {
        string[] settings = _connectionString is null ? [] : [$"--FlowNexus:Database:ConnectionString={_connectionString}"];
        await using var server = await ServerProcess.StartAsync(_folder, settings);
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"sleeper","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"3s"},{"name":"b","type":"transform","set":{"y":2}}]}""");
        List<string> ids = [];
        for (var i = 0; i < 5; i++) ids.Add(await api.StartAsync(workflow, """{"async":true}"""));
        foreach (var id in ids) await api.UntilAsync(id, body => body.Text("status") == "waiting");
        Tamper($"UPDATE steps SET status = 'nonsense' WHERE execution_id = '{ids[1]}' AND name = 'nap'");
        Tamper($"UPDATE executions SET control = '{{\"broken' WHERE id = '{ids[3]}'");

        var list = await api.GetAsync($"executions?workflow_id={workflow}");
        Assert.Equal(ids.Order(StringComparer.Ordinal), list.Body["executions"]!.AsArray().Select(row => row!.Text("execution_id")).Order(StringComparer.Ordinal));
        Assert.Equal("EXECUTION_DAMAGED", list.Body["executions"]!.AsArray().Single(row => row!.Text("execution_id") == ids[3])!["error"]!.Text("code"));

        foreach (var id in ids)
        {
            var end = await EndAsync(api, id);
            if (id != ids[1] && id != ids[3])
            {
                Assert.Equal("completed", end.Text("status"));
                continue;
            }

            Assert.Equal("failed", end.Text("status"));
            Assert.Contains("EXECUTION_DAMAGED", end.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains($"What is stored of execution {id} is damaged", server.Output, StringComparison.Ordinal);
            var audit = (await api.GetAsync($"audit?execution_id={id}&types=execution_failed")).Body;
            Assert.Contains("EXECUTION_DAMAGED", audit.ToJsonString(), StringComparison.Ordinal);
            Assert.True((await api.GetAsync($"audit/{id}/verify")).Body["valid"]!.GetValue<bool>());
        }
    }

    /// <summary>Until it is taken out, who asks for a damaged one hears that it is.</summary>
    private static async Task<System.Text.Json.Nodes.JsonObject> EndAsync(ApiClient api, string id)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await api.GetAsync($"executions/{id}");
            if (answer.Code is null && answer.Body.Text("status") is "completed" or "failed") return answer.Body;
            Assert.True(answer.Code is null or "EXECUTION_DAMAGED", answer.Body.ToJsonString());
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, enough.Token);
        }
    }

    private void Tamper(string sql)
    {
        using System.Data.Common.DbConnection connection = _connectionString is null
            ? new SqliteConnection($"Data Source={Path.Combine(_folder, "flownexus.db")};Pooling=False")
            : new NpgsqlConnection($"{_connectionString};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}

public sealed class SqliteDamagedRowTests() : DamagedRowTests(Store.Sqlite);

public sealed class PostgresDamagedRowTests() : DamagedRowTests(Store.Postgres);
