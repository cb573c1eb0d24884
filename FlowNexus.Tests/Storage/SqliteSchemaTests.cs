using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Tests.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-schema-").FullName;

    private string Database => $"Data Source={Path.Combine(_folder, "flownexus.db")};Pooling=False";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bring_AFreshFile_MakesEveryTableOnce()
    {
        SqliteSchema.Bring(Database);
        SqliteSchema.Bring(Database);

        Assert.Equal(1L, Ask("SELECT count(*) FROM sqlite_master WHERE name = 'executions'"));
    }

    [Fact]
    public void Bring_AFileOfANewerVersion_RefusesAndNamesBothSchemas()
    {
        SqliteSchema.Bring(Database);
        Ask("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_FromTheFuture', '99.0')");

        var refused = Assert.Throws<StartException>(() => SqliteSchema.Bring(Database));

        Assert.Contains("newer FlowNexus", refused.Message, StringComparison.Ordinal);
        Assert.Contains("99991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection(Database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
