using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Tests.Storage;

[Trait("Category", "Soak")]
public sealed class SqliteUpkeepTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private string File => Path.Combine(_database.Root, "flownexus.db");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Log_UnderLoadWithReadersThatNeverAllLeave_StaysBounded()
    {
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 6).Select(number => Task.Factory.StartNew(() => Read(number, stop.Token), TaskCreationOptions.LongRunning)).ToList();
        var largest = 0L;
        for (var round = 0; round < 400; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _database.Engine.Journal.CommitAsync(Big((round * 100) + number))));
            largest = Math.Max(largest, new FileInfo(File + "-wal").Length);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.InRange(largest, 16L * 1024 * 1024, 64L * 1024 * 1024);
    }

    [Fact]
    public async Task File_AfterMostRowsWentWhileOthersCome_ShrinksWithoutARest()
    {
        for (var round = 0; round < 100; round++) await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _database.Engine.Journal.CommitAsync(Big((round * 100) + number))));
        _database.Tamper("DELETE FROM events WHERE seq > 1000 AND seq <= 10000");
        var number = 10_000;
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);

        while (Free() * 4 > Pages() + 8000)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"{Free()} of {Pages()} pages are free after a minute.");
            await _database.Engine.Journal.CommitAsync(Rows.Of(number++));
        }
    }

    private static Engine.Storage.Journal.Transition Big(int number)
    {
        var transition = new Engine.Storage.Journal.Transition();
        transition.Tell(Rows.Event("stream", number, $$"""{"text":"{{new string('x', 4000)}}"}"""));
        return transition;
    }

    /// <summary>Each is in the log again before the other has left it.</summary>
    private void Read(int number, CancellationToken stop)
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        while (!stop.IsCancellationRequested)
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM events";
            command.ExecuteScalar();
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100 + (number * 30)));
        }
    }

    private long Free() => Ask("PRAGMA freelist_count");

    private long Pages() => Ask("PRAGMA page_count");

    private long Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
