using System.Net;
using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Tests.Scenarios.Faults;

/// <summary>Faults that only a file of our own can have.</summary>
public sealed class SqliteFileFaultTests : IDisposable
{
    private const string Pure = """{"name":"pure","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-file-").FullName;

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "flownexus.db")};Pooling=False";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task DamagedPage_IsNamed_AndWhatDoesNotNeedItGoesOn()
    {
        await using (await ServerProcess.StartAsync(_folder))
        {
            // Makes the installation; it is killed.
        }

        DestroyTable("ledger");
        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var answer = await api.GetAsync("credits");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "STORAGE_DAMAGED"), (answer.Status, answer.Code));
        Assert.Contains("backup", answer.Body.Text("message"), StringComparison.Ordinal);
        Assert.Equal("completed", (await api.EndOfAsync(await api.StartAsync(await api.CreateAsync(Pure), """{"async":true}"""))).Text("status"));
    }

    [Fact]
    public async Task DatabaseLockedByAnotherProgram_IsRefusedWithTheReason_AndGoesOnOnceItLetsGo()
    {
        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync(Pure);
        await using var other = new SqliteConnection(ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var hold = other.BeginTransaction(deferred: false);

        var refused = await api.PostAsync($"workflows/{workflow}/execute", """{"async":true}""", ("Idempotency-Key", "locked"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE"), (refused.Status, refused.Code));
        Assert.Contains("another program", refused.Body.Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("workflows")).Status);

        await hold.DisposeAsync();
        await FailingDiskTests.ReadyAsync(api);
        var accepted = await api.PostAsync($"workflows/{workflow}/execute", """{"async":true}""", ("Idempotency-Key", "locked"));
        Assert.Equal("completed", (await api.EndOfAsync(accepted.Body.Text("execution_id"))).Text("status"));
        Assert.Single((await api.GetAsync("executions")).Body["executions"]!.AsArray());
    }

    /// <summary>Overwrites the root page of a table.</summary>
    private void DestroyTable(string table)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        long Number(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }

        Number("PRAGMA wal_checkpoint(TRUNCATE)");
        var (page, size) = (Number($"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"), Number("PRAGMA page_size"));
        connection.Close();
        using var file = new FileStream(Path.Combine(_folder, "flownexus.db"), FileMode.Open, FileAccess.Write);
        file.Position = (page - 1) * size;
        file.Write(Enumerable.Repeat((byte)0xA5, (int)size).ToArray());
    }
}
