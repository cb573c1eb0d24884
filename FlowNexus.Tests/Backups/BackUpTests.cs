using System.IO.Compression;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Backups;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Backups;

public sealed class BackUpTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flownexus-backup-").FullName;

    private string Data => Path.Combine(_root, "data");

    private string Other => Path.Combine(_root, "other");

    private string Archive => Path.Combine(_root, "backup.zip");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Restore_ABackup_BringsBackEveryFileAndSaysWhatItHolds()
    {
        await FillAsync(events: 3);
        Directory.CreateDirectory(Path.Combine(Data, "files", "in"));
        await File.WriteAllTextAsync(Path.Combine(Data, "files", "in", "a.csv"), "a,b", Stop);

        var made = await BackUpAsync();
        var restored = await new Restore(TimeProvider.System).RunAsync(Archive, Other, replace: false, Stop);

        Assert.Null(restored.Replaced);
        Assert.Equal(made.Manifest.ToJson(), restored.Manifest.ToJson());
        Assert.Equal((3, 3, 1), (restored.Manifest.Database.Rows["events"], restored.Manifest.Database.LastEvent!.Seq, restored.Manifest.Database.Streams));
        Assert.Equal("a,b", await File.ReadAllTextAsync(Path.Combine(Other, "files", "in", "a.csv"), Stop));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Other), path => Path.GetFileName(path).StartsWith('.'));
        using var folder = DataFolder.Open(Other, Other);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        await database.Journal.CommitAsync(Rows.Of(4));
    }

    [Fact]
    public async Task Restore_IntoAFolderWithData_RefusesUnlessToldAndThenKeepsIt()
    {
        await FillAsync(events: 1);
        await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(Other, "files"));
        await File.WriteAllTextAsync(Path.Combine(Other, "files", "mine"), "mine", Stop);

        var refused = await Assert.ThrowsAsync<BackupException>(() => new Restore(TimeProvider.System).RunAsync(Archive, Other, replace: false, Stop));
        var restored = await new Restore(TimeProvider.System).RunAsync(Archive, Other, replace: true, Stop);

        Assert.Contains("is not empty (files)", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(restored.Replaced!, "files", "mine"), Stop));
        Assert.False(File.Exists(Path.Combine(Other, "files", "mine")));
        Assert.True(File.Exists(Path.Combine(Other, "flownexus.db")));
    }

    [Theory]
    [InlineData("files/a.csv", "its SHA-256 differs")]
    [InlineData("flownexus.db", "its SHA-256 differs")]
    [InlineData("files/new", "does not name")]
    [InlineData("../outside", "does not name")]
    [InlineData("manifest.json", "is damaged")]
    public async Task Restore_AnArchiveThatSomebodyChanged_RefusesAndLeavesTheFolderEmpty(string entry, string complaint)
    {
        await FillAsync(events: 1);
        Directory.CreateDirectory(Path.Combine(Data, "files"));
        await File.WriteAllTextAsync(Path.Combine(Data, "files", "a.csv"), "a,b", Stop);
        await BackUpAsync();
        await using (var zip = await ZipFile.OpenAsync(Archive, ZipArchiveMode.Update, Stop))
        {
            zip.GetEntry(entry)?.Delete();
            await using var content = await zip.CreateEntry(entry).OpenAsync(Stop);
            content.Write("changed"u8);
        }

        var refused = await Assert.ThrowsAsync<BackupException>(() => new Restore(TimeProvider.System).RunAsync(Archive, Other, replace: false, Stop));

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Other, "flownexus.db")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Other), path => Path.GetFileName(path).StartsWith('.'));
    }

    [Theory]
    [InlineData("UPDATE events SET type = 'other' WHERE seq = 2", "at event 2")]
    [InlineData("DELETE FROM events WHERE seq = 3", "at event 2")]
    [InlineData("DELETE FROM events", "at event 1")]
    public async Task BackUp_ADatabaseThatSomebodyChanged_SaysWhichChainBreaksAndLeavesNoArchive(string sql, string place)
    {
        await FillAsync(events: 3);
        Tamper(sql);

        var refused = await Assert.ThrowsAsync<BackupException>(BackUpAsync);

        Assert.Contains($"of stream does not hold {place}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["data"], Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task BackUp_ADatabaseOfANewerVersion_NamesItsSchema()
    {
        await FillAsync(events: 1);
        Tamper("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_FromTheFuture', '99.0')");

        var refused = await Assert.ThrowsAsync<StartException>(() => new BackUp(TimeProvider.System).RunAsync(Data, Archive, Stop));

        Assert.Contains("99991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackUp_OntoAFileThatExists_Refuses()
    {
        await FillAsync(events: 1);
        await BackUpAsync();

        await Assert.ThrowsAsync<BackupException>(BackUpAsync);

        Assert.True(File.Exists(Archive));
    }

    private Task<MadeBackup> BackUpAsync() => new BackUp(TimeProvider.System).RunAsync(Data, Archive, Stop);

    private async Task FillAsync(int events)
    {
        Directory.CreateDirectory(Data);
        using var folder = DataFolder.Open(Data, Data);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        for (var number = 1; number <= events; number++) await database.Journal.CommitAsync(Rows.Of(number));
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "flownexus.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
