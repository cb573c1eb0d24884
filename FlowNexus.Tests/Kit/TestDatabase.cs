using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlowNexus.Tests.Kit;

/// <summary>A real database of the test's own: a file in a folder, or a database on the run's PostgreSQL server.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flownexus-database-").FullName;
    private DataFolder _folder;

    /// <param name="connectionString">Of PostgreSQL; SQLite without one.</param>
    public TestDatabase(string? connectionString = null)
    {
        ConnectionString = connectionString;
        _folder = DataFolder.Open(_root, _root);
        Engine = EngineDatabase.Open(_folder, connectionString, Feed, NullLoggerFactory.Instance);
    }

    /// <summary>The data folder.</summary>
    public string Root => _root;

    public string? ConnectionString { get; }

    public EventFeed Feed { get; } = new();

    public EngineDatabase Engine { get; private set; }

    /// <summary>Closes the database and opens it again, as another process would.</summary>
    public void Reopen()
    {
        Close();
        _folder = DataFolder.Open(_root, _root);
        Engine = EngineDatabase.Open(_folder, ConnectionString, Feed, NullLoggerFactory.Instance);
    }

    /// <summary>Changes rows behind the engine's back.</summary>
    public void Tamper(string sql)
    {
        using System.Data.Common.DbConnection connection = ConnectionString is null
            ? new SqliteConnection($"Data Source={_folder.Database};Pooling=False")
            : new NpgsqlConnection($"{ConnectionString};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_root, recursive: true);
    }

    private void Close()
    {
        Engine.Dispose();
        _folder.Dispose();
    }
}
