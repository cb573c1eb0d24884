using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlowNexus.Tests.Storage.Postgres;

/// <summary>Two nodes' journals on one database.</summary>
public sealed class TwoWritersTests : IAsyncLifetime
{
    private TestDatabase _one = null!;
    private TestDatabase _other = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await Kit.Postgres.FreshAsync(Store.Postgres);

        // Together, on an empty database: one migrates, the other waits.
        var both = await Task.WhenAll(Task.Run(() => new TestDatabase(connectionString)), Task.Run(() => new TestDatabase(connectionString)));
        (_one, _other) = (both[0], both[1]);
    }

    public ValueTask DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OneStream_WrittenByBoth_IsOneChainInTheOrderOfPositions()
    {
        await Task.WhenAll(WriteAsync(_one, "a", _ => "shared"), WriteAsync(_other, "b", _ => "shared"));
        var chain = await new GetAuditTrail(_one.Engine).VerifyAsync(Principal.LocalOwner, "shared");
        Assert.Equal((true, 400L), (chain.Valid, chain.VerifiedUpTo));
        await using var context = _one.Engine.Read();
        var bySeq = await context.Events.OrderBy(row => row.Seq).Select(row => row.Position).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(bySeq.Order(), bySeq);
    }

    [Fact]
    public async Task Start_LetThroughByAnActivationThatAnotherFollowed_IsRefusedAlone()
    {
        var (former, current) = (new Admission("queue", "former"), new Admission("queue", "current"));
        await BeginAsync(former);
        await _one.Engine.Journal.CommitAsync(Started("first", former));
        await BeginAsync(current);
        var late = _one.Engine.Journal.CommitAsync(Started("late", former));
        var beside = _one.Engine.Journal.CommitAsync(Started("beside", current));
        Assert.Equal(Refusal.NotAdmitted, (await Assert.ThrowsAsync<TransitionRefusedException>(() => late)).Refusal);
        await beside;
        await using var context = _one.Engine.Read();
        Assert.Equal(["beside", "first"], await context.Executions.Select(row => row.Id).Order().ToListAsync(TestContext.Current.CancellationToken));

        async Task BeginAsync(Admission admission)
        {
            await using var connection = new NpgsqlConnection(_other.Engine.Connections!.Coordinating(5));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await Admissions.BeginAsync(connection, admission, TestContext.Current.CancellationToken);
        }

        static Transition Started(string id, Admission admission)
        {
            var transition = new Transition();
            transition.InsertOrRefuse(Tables.Executions, Rows.Execution(id));
            transition.Needs(admission);
            return transition;
        }
    }

    [Fact]
    public async Task Feed_OverManyStreams_GivesEveryEventOnceWhoeverWroteIt()
    {
        var writing = Task.WhenAll(WriteAsync(_one, "a", n => $"a{n % 7}"), WriteAsync(_other, "b", n => $"b{n % 7}"));
        var audit = new GetAuditTrail(_one.Engine);
        List<EventRow> read = [];
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (read.Count < 400)
        {
            var ended = writing.IsCompleted;
            var rows = await audit.AfterAsync(null, null, read.Count == 0 ? 0 : read[^1].Position, 50, enough.Token);
            read.AddRange(rows);
            if (ended && rows.Count == 0) enough.Token.ThrowIfCancellationRequested();
        }

        await writing;
        Assert.Equal(400, read.Select(row => row.EventId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Feed_WhileACommitIsSlow_WaitsForItInsteadOfPassingIt()
    {
        var audit = new GetAuditTrail(_one.Engine);
        await using var connection = new NpgsqlConnection(_one.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var slow = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var insert = new NpgsqlCommand("INSERT INTO events (position, stream, seq, event_id, type, at, payload_hash, hash) VALUES (flownexus_next_position(), 'slow', 1, 'evt_slow', 'tested', 1, '', '')", connection);
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await _other.Engine.Journal.CommitAsync(Rows.Of(1, "quick"));
        Assert.DoesNotContain(await audit.AfterAsync(null, null, 0, 100, TestContext.Current.CancellationToken), row => row.Stream == "quick");
        Assert.Contains(await audit.AfterAsync(null, "quick", 0, 100, TestContext.Current.CancellationToken), row => row.Stream == "quick");

        await slow.CommitAsync(TestContext.Current.CancellationToken);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        IReadOnlyList<EventRow> rows = [];
        while (rows.Count < 2) rows = await audit.AfterAsync(null, null, 0, 100, enough.Token);
        Assert.Equal(["slow", "quick"], rows.Select(row => row.Stream));
    }

    [Fact]
    public async Task Fence_RaisedByOne_RefusesTheOther()
    {
        var start = new Transition();
        start.Insert(Tables.Executions, Rows.Execution("exec_1"));
        await _one.Engine.Journal.CommitAsync(start);
        var takeover = Rows.Execution("exec_1");
        takeover.Epoch = 2;
        var answers = await Task.WhenAll(new[] { _one, _other }.Select(async node =>
        {
            var transition = new Transition();
            transition.Update(takeover, epoch: 1);
            return await Record.ExceptionAsync(() => node.Engine.Journal.CommitAsync(transition));
        }));
        var refused = Assert.IsType<TransitionRefusedException>(Assert.Single(answers, answer => answer is not null));
        Assert.Equal(Refusal.FenceLost, refused.Refusal);
    }

    /// <summary>The same rows in opposite orders: whoever must give way begins again, and nobody is told.</summary>
    [Fact]
    public async Task Transitions_ThatMeetInOppositeOrder_AllCommit()
    {
        var seed = new Transition();
        for (var account = 0; account < 8; account++) seed.Insert(Tables.Accounts, new AccountRow { Id = $"a{account}", BalanceMicro = 1_000_000 });
        await _one.Engine.Journal.CommitAsync(seed);
        await Task.WhenAll(BookAsync(_one, 0, 1), BookAsync(_other, 7, -1));
        await using var context = _one.Engine.Read();
        Assert.Equal((8 * 1_000_000) - (2 * 50 * 8), await context.Accounts.SumAsync(row => row.BalanceMicro, TestContext.Current.CancellationToken));

        static Task BookAsync(TestDatabase node, int from, int step) => Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
        {
            var transition = new Transition();
            for (var i = 0; i < 8; i++) transition.Book(new LedgerRow { Account = $"a{from + (i * step)}", Kind = "charge", AmountMicro = -1 });
            return node.Engine.Journal.CommitAsync(transition);
        }));
    }

    private static Task WriteAsync(TestDatabase node, string name, Func<int, string> stream) => Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
    {
        for (var i = 0; i < 25; i++)
        {
            var number = (caller * 25) + i;
            var transition = new Transition();
            transition.Insert(Tables.Ticks, Rows.Tick(number, name));
            var told = Rows.Event(stream(number), number);
            told.EventId = $"evt_{name}_{number}";
            transition.Tell(told);
            await node.Engine.Journal.CommitAsync(transition);
        }
    }));
}
