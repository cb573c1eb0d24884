using System.Diagnostics;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Storage;

/// <summary>What the journal promises, whatever the database.</summary>
public abstract class JournalWriterTests(Store store) : StoreTest(store)
{
    private JournalWriter Journal => Database.Engine.Journal;

    [Fact]
    public async Task Group_WithAViolationAndALostFence_CommitsTheOther98()
    {
        var execution = new Transition();
        execution.Insert(Tables.Executions, Rows.Execution("exec_1"));
        await Journal.CommitAsync(execution);

        var answers = await CommitAsOneGroupAsync([.. Enumerable.Range(1, 100).Select(number =>
        {
            var transition = new Transition();
            if (number == 51) transition.Update(Rows.Execution("exec_1"), epoch: 7);
            transition.Insert(Tables.Ticks, Rows.Tick(number));
            if (number == 50) transition.Insert(Tables.Ticks, Rows.Tick(number));
            transition.Tell(Rows.Event("stream", number));
            return transition;
        })]);

        Assert.Equal([50, 51], Enumerable.Range(1, 100).Where(number => answers[number - 1] is not null));
        Assert.Equal(Refusal.FenceLost, Assert.IsType<TransitionRefusedException>(answers[50]).Refusal);
        await using var context = Database.Engine.Read();
        Assert.Equal(Enumerable.Range(1, 100).Except([50, 51]).Select(number => (long)number), await context.Ticks.Select(row => row.DueAt).OrderBy(due => due).ToListAsync(TestContext.Current.CancellationToken));
        var chain = await new GetAuditTrail(Database.Engine).VerifyAsync(Principal.LocalOwner, "stream");
        Assert.Equal((true, 98L), (chain.Valid, chain.VerifiedUpTo));
    }

    [Fact]
    public async Task Answer_ComesOnlyAfterTheRowIsDurable()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(async number =>
        {
            await Journal.CommitAsync(Rows.Of(number));
            await using var context = Database.Engine.Read();
            Assert.True(await context.Ticks.AnyAsync(row => row.DueAt == number));
        }));
        Database.Reopen();
        await using var again = Database.Engine.Read();
        Assert.Equal(50, await again.Ticks.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(50, (await again.Streams.SingleAsync(TestContext.Current.CancellationToken)).Seq);
    }

    [Fact]
    public async Task Stream_GoesOnAfterReopening_WithoutAGap()
    {
        await Journal.CommitAsync(Rows.Of(1));
        Database.Reopen();
        await Journal.CommitAsync(Rows.Of(2));
        var chain = await new GetAuditTrail(Database.Engine).VerifyAsync(Principal.LocalOwner, "stream");
        Assert.Equal((true, 2L), (chain.Valid, chain.VerifiedUpTo));
    }

    [Fact]
    public async Task ParallelBookings_NeverOverdrawTheAccount()
    {
        var account = new Transition();
        account.Insert(Tables.Accounts, new AccountRow { Id = "a" });
        account.Book(new LedgerRow { Account = "a", Kind = "grant", AmountMicro = 60 });
        await Journal.CommitAsync(account);

        var refused = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var charge = new Transition();
            charge.Book(new LedgerRow { Account = "a", Kind = "charge", AmountMicro = -1 });
            return (await Record.ExceptionAsync(() => Journal.CommitAsync(charge))) as TransitionRefusedException;
        }));

        Assert.Equal(40, refused.Count(one => one?.Refusal == Refusal.InsufficientCredits));
        await using var context = Database.Engine.Read();
        Assert.Equal(0, (await context.Accounts.SingleAsync(TestContext.Current.CancellationToken)).BalanceMicro);
        Assert.Equal(0, await context.Ledger.SumAsync(row => row.AmountMicro, TestContext.Current.CancellationToken));
        Assert.Equal(61, await context.Ledger.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ManyWritersAndReaders_NeverMeetABusyDatabase()
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var writers = Enumerable.Range(0, 200).Select(async writer =>
        {
            List<double> waits = [];
            for (var number = 0; !enough.IsCancellationRequested; number++)
            {
                var since = Stopwatch.GetTimestamp();
                var transition = new Transition();
                transition.Insert(Tables.Ticks, Rows.Tick(number, $"w{writer}"));
                transition.Tell(Rows.Event($"s{writer}", number));
                await Journal.CommitAsync(transition);
                waits.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }

            return waits;
        }).ToList();
        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                await using var reading = Database.Engine.Read();
                await reading.Ticks.CountAsync();
            }
        }).ToList();
        await Task.WhenAll(readers);
        var all = (await Task.WhenAll(writers)).SelectMany(waits => waits).Order().ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{all.Count} transitions, p50 {all[all.Count / 2]:0.0} ms, p99 {all[(int)(all.Count * 0.99)]:0.0} ms");
        await using var context = Database.Engine.Read();
        Assert.Equal(all.Count, await context.Ticks.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(all.Count, await context.Events.CountAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Holds the writer's thread in the publication of an earlier transition until all are in its mailbox.</summary>
    private async Task<IReadOnlyList<Exception?>> CommitAsOneGroupAsync(IReadOnlyList<Transition> transitions)
    {
        using var held = new ManualResetEventSlim();
        using var gathered = new ManualResetEventSlim();
        using var subscription = Database.Feed.Subscribe(row =>
        {
            if (row.Stream != "gate") return;
            held.Set();
            gathered.Wait();
        });
        var gate = Journal.CommitAsync(Rows.Of(1000, "gate"));
        held.Wait(TestContext.Current.CancellationToken);
        var answers = transitions.Select(async transition => await Record.ExceptionAsync(() => Journal.CommitAsync(transition))).ToList();
        gathered.Set();
        await gate;
        var all = await Task.WhenAll(answers);
        Database.Tamper("DELETE FROM ticks WHERE due_at = 1000");
        return all;
    }
}

public sealed class SqliteJournalWriterTests() : JournalWriterTests(Store.Sqlite);

public sealed class PostgresJournalWriterTests() : JournalWriterTests(Store.Postgres);
