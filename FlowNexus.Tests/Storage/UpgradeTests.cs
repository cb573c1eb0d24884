using System.Data.Common;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Engine.Storage.Sqlite;
using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace FlowNexus.Tests.Storage;

/// <summary>A database as the first version made it, with rows in it, is opened by this one.</summary>
public abstract class UpgradeTests(Store store) : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("flownexus-upgrade-").FullName;
    private string? _connectionString;

    private string Today => Path.Combine(_root, "today");

    private string Old => Path.Combine(_root, "old");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Today);
        Directory.CreateDirectory(Old);
        _connectionString = await Kit.Postgres.FreshAsync(store);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task DatabaseOfTheFirstVersion_IsMigratedReadAndGoesOn()
    {
        var (done, sleeping, workflow) = await MakeRowsAsync();
        await using (var old = OldContext())
        {
            await old.GetService<IMigrator>().MigrateAsync("Initial", TestContext.Current.CancellationToken);
            await CopyRowsAsync();
        }

        await using var server = await ServerProcess.StartAsync(Old, _connectionString is null ? [] : [$"--FlowNexus:Database:ConnectionString={_connectionString}"]);
        using var api = new ApiClient(server.Address);

        var status = (await api.GetAsync($"executions/{done}?include_metrics=true")).Body;
        Assert.Equal(("completed", 2), (status.Text("status"), status["completed_steps"]!.AsArray().Count));
        Assert.True(status["retained"]!.GetValue<bool>());
        Assert.Equal("completed", (await api.EndOfAsync(sleeping)).Text("status"));
        Assert.Equal("completed", (await api.EndOfAsync(await api.StartAsync(workflow, """{"input_data":{"n":1}}"""))).Text("status"));
        foreach (var stream in new[] { done, sleeping, workflow, "account_default" })
            Assert.True((await api.GetAsync($"audit/{stream}/verify")).Body["valid"]!.GetValue<bool>(), stream);
        Assert.NotEmpty((await api.GetAsync("agents")).Body["agents"]!.AsArray());
        var listed = (await api.GetAsync("workflows")).Body["workflows"]!.AsArray().Single(row => row!.Text("id") == workflow);
        Assert.Equal(2, listed!["executions_count"]!.GetValue<long>());
        Assert.DoesNotContain(" ERR ", server.Output, StringComparison.Ordinal);
    }

    /// <summary>One execution that completed, one that sleeps when its server dies.</summary>
    private async Task<(string Done, string Sleeping, string Workflow)> MakeRowsAsync()
    {
        await using var server = await ServerProcess.StartAsync(Today);
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"quick","steps":[{"name":"a","type":"transform","set":{"x":"{{ input.n }}"}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}""");
        var done = await api.StartAsync(workflow, """{"input_data":{"n":4}}""");
        await api.EndOfAsync(done);
        var sleeping = await api.StartAsync(await api.CreateAsync("""{"name":"sleeper","steps":[{"name":"nap","type":"delay","duration":"5s"},{"name":"b","type":"transform","set":{"y":1}}]}"""));
        await api.UntilAsync(sleeping, body => body.Text("status") == "waiting");
        await server.KillAsync();
        return (done, sleeping, workflow);
    }

    private FlowNexusDbContext OldContext() => _connectionString is null
        ? new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite(Sqlite(Old)).Options)
        : new PostgresContext(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(_connectionString).Options);

    private static string Sqlite(string folder) => $"Data Source={Path.Combine(folder, "flownexus.db")};Pooling=False";

    /// <summary>What the first version had columns for.</summary>
    private async Task CopyRowsAsync()
    {
        await using var from = new SqliteConnection(Sqlite(Today));
        await using DbConnection to = _connectionString is null ? new SqliteConnection(Sqlite(Old)) : new NpgsqlConnection(_connectionString);
        await from.OpenAsync();
        await to.OpenAsync();
        var tables = new[] { "workflows", "versions", "executions", "steps", "tasks", "timers", "events", "streams", "accounts", "ledger", "agents", "artifacts", "ticks" };
        foreach (var table in tables) await CopyAsync(from, to, table);
        if (_connectionString is null) return;
        foreach (var table in new[] { "events", "ledger" })
            await ExecuteAsync(to, $"SELECT setval(pg_get_serial_sequence('{table}', 'position'), (SELECT max(position) FROM {table}))");
    }

    private static async Task CopyAsync(SqliteConnection from, DbConnection to, string table)
    {
        var columns = await ColumnsAsync(to, table);
        await using var select = from.CreateCommand();
        select.CommandText = $"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {table}";
        await using var rows = await select.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            await using var insert = to.CreateCommand();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
            for (var i = 0; i < columns.Count; i++)
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = $"p{i}";
                parameter.Value = columns[i].Type == typeof(bool) && rows.GetValue(i) is long flag ? flag != 0 : rows.GetValue(i);
                insert.Parameters.Add(parameter);
            }

            await insert.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<(string Name, Type Type)>> ColumnsAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE 1 = 0";
        await using var reader = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetFieldType(i)))];
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class SqliteUpgradeTests() : UpgradeTests(Store.Sqlite);

public sealed class PostgresUpgradeTests() : UpgradeTests(Store.Postgres);
