using System.Threading.Channels;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlowNexus.Tests.Storage.Postgres;

/// <summary>The server goes away and comes back: callers wait, and what they hear is true.</summary>
public sealed class LostConnectionTests
{
    private const int Callers = 16;
    private const int Each = 150;

    [Fact]
    public async Task ServerKilledAndStartedAgain_EveryCallerIsAnsweredOnce()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = new TestDatabase(await server.CreateDatabaseAsync("lost"));
        var writing = WriteAsync(database, out var written);
        for (var round = 1; round <= 2; round++)
        {
            await written.ReachAsync(Callers * Each * round / 4);
            await server.KillAsync();
            await server.LaunchAsync();
        }

        await writing;
        await AssertEachOnceAsync(database);
    }

    /// <summary>Breaks the journal's connection again and again, at whatever it is doing, COMMIT included.</summary>
    [Fact]
    public async Task ConnectionBrokenOverAndOver_CommitsEachTransitionOnce()
    {
        var connectionString = (await Kit.Postgres.FreshAsync(Store.Postgres))!;
        using var database = new TestDatabase(connectionString);
        await using var killer = new NpgsqlConnection(connectionString + ";Pooling=false;Application Name=killer");
        await killer.OpenAsync(TestContext.Current.CancellationToken);
        var writing = WriteAsync(database, out var written);
        var broken = 0;
        while (!writing.IsCompleted && broken < 25)
        {
            await written.ReachAsync((broken + 1) * Callers * Each / 30);
            await using var kill = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'", killer);
            if (await kill.ExecuteScalarAsync(TestContext.Current.CancellationToken) is > 0L) broken++;
        }

        await writing;
        TestContext.Current.TestOutputHelper!.WriteLine($"{broken} connections broken.");
        Assert.True(broken >= 10);
        NpgsqlConnection.ClearAllPools();
        await AssertEachOnceAsync(database);
    }

    private static Task WriteAsync(TestDatabase database, out Milestones written)
    {
        var count = written = new Milestones();
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var number = 0; number < Each; number++)
            {
                // A second commit of the same would meet its own row and fail.
                var transition = new Transition();
                transition.Insert(Tables.Ticks, Rows.Tick(number, $"w{caller}"));
                transition.Tell(Rows.Event($"s{caller}", number));
                await database.Engine.Journal.CommitAsync(transition);
                count.Add();
            }
        }));
    }

    private static async Task AssertEachOnceAsync(TestDatabase database)
    {
        await using var context = database.Engine.Read();
        Assert.Equal(Callers * Each, await context.Ticks.CountAsync());
        Assert.Equal(Callers * Each, await context.Events.CountAsync());
        Assert.All(await context.Streams.ToListAsync(), stream => Assert.Equal(Each, stream.Seq));
    }

    /// <summary>Waits until so many were answered.</summary>
    private sealed class Milestones
    {
        private readonly Channel<int> _moved = Channel.CreateUnbounded<int>();
        private int _count;

        public void Add() => _moved.Writer.TryWrite(Interlocked.Increment(ref _count));

        public async Task ReachAsync(int count)
        {
            while (Volatile.Read(ref _count) < count) await _moved.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }
}
