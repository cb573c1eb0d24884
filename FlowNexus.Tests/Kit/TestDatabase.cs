using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Kit;

/// <summary>A real database file in a folder of its own.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flownexus-database-").FullName;
    private DataFolder _folder;

    public TestDatabase()
    {
        _folder = DataFolder.Open(_root, _root);
        Engine = EngineDatabase.Open(_folder, Feed, NullLoggerFactory.Instance);
    }

    public EventFeed Feed { get; } = new();

    public EngineDatabase Engine { get; private set; }

    /// <summary>Closes the file and opens it again, as another process would.</summary>
    public void Reopen()
    {
        Close();
        _folder = DataFolder.Open(_root, _root);
        Engine = EngineDatabase.Open(_folder, Feed, NullLoggerFactory.Instance);
    }

    /// <summary>Changes rows behind the engine's back.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
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
