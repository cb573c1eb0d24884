using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Audit;

public sealed class ChainTamperTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("nothing", "SELECT 1", null)]
    [InlineData("payload", "UPDATE events SET payload = '{\"n\":99}' WHERE seq = 4", 4L)]
    [InlineData("step", "UPDATE events SET step_name = 'other' WHERE seq = 4", 4L)]
    [InlineData("user", "UPDATE events SET user_id = 'other' WHERE seq = 7", 7L)]
    [InlineData("time", "UPDATE events SET at = at + 1 WHERE seq = 1", 1L)]
    [InlineData("salt", "UPDATE events SET salt = zeroblob(16) WHERE seq = 2", 2L)]
    [InlineData("delete", "DELETE FROM events WHERE seq = 4", 4L)]
    [InlineData("delete first", "DELETE FROM events WHERE seq = 1", 1L)]
    [InlineData("close the gap", "DELETE FROM events WHERE seq = 4; UPDATE events SET seq = seq - 1 WHERE seq > 4", 4L)]
    [InlineData("reorder", "UPDATE events SET seq = -4 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = -4", 4L)]
    [InlineData("insert", "INSERT INTO events (stream, seq, event_id, type, at, payload_hash, hash) SELECT stream, 11, 'evt_x', type, at, payload_hash, hash FROM events WHERE seq = 10", 11L)]
    [InlineData("truncate", "DELETE FROM events WHERE seq > 8", 9L)]
    [InlineData("truncate all", "DELETE FROM events", 1L)]
    public async Task Chain_TamperedWith_NamesTheFirstBadEvent(string what, string sql, long? firstBad)
    {
        await WriteTenAsync();
        _database.Tamper(sql);
        var chain = await VerifyAsync();
        Assert.True(chain.FirstBad == firstBad, $"{what}: {chain}");
        Assert.Equal(firstBad is null, chain.Valid);
        Assert.Equal((firstBad ?? 11) - 1, chain.VerifiedUpTo);
    }

    /// <summary>A chain of several pages, read while it grows: an execution that runs is no broken one.</summary>
    [Fact]
    public async Task Chain_ThatGrowsWhileItIsRead_Holds()
    {
        await WriteAsync(1, GetAuditTrail.MaxLimit * 2);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => KeepWritingAsync((GetAuditTrail.MaxLimit * 2) + 1, stop.Token), TestContext.Current.CancellationToken);

        List<ChainState> states = [];
        for (var round = 0; round < 20; round++) states.Add(await VerifyAsync());
        await stop.CancelAsync();
        await writing;

        Assert.All(states, state => Assert.True(state.Valid, state.ToString()));
        Assert.True(states[^1].VerifiedUpTo > states[0].VerifiedUpTo);
    }

    [Fact]
    public async Task ErasedPayload_LeavesTheChainWhole()
    {
        await WriteTenAsync();
        _database.Tamper("UPDATE events SET payload = NULL, salt = NULL WHERE seq = 4");
        Assert.True((await VerifyAsync()).Valid);
    }

    [Fact]
    public async Task EventForgedOntoTheEnd_WithARightHash_IsNamed()
    {
        await WriteTenAsync();
        await using (var context = _database.Engine.Read())
        {
            var last = await context.Events.OrderBy(row => row.Seq).LastAsync(TestContext.Current.CancellationToken);
            var forged = new EventRow { Stream = "stream", Seq = 11, EventId = "evt_forged", Type = "tested", At = 11, Payload = "{}" };
            EventChain.Seal(forged, last.Hash, new byte[16]);
            _database.Tamper($"INSERT INTO events (stream, seq, event_id, type, at, payload, salt, payload_hash, hash) VALUES ('stream', 11, 'evt_forged', 'tested', 11, '{{}}', zeroblob(16), x'{Convert.ToHexString(forged.PayloadHash)}', x'{Convert.ToHexString(forged.Hash)}')");
        }

        Assert.Equal((false, 11L, 10L), await OutcomeAsync());
    }

    [Fact]
    public async Task LastEvent_ReplacedByOneWithARightHash_IsNamed()
    {
        await WriteTenAsync();
        await using (var context = _database.Engine.Read())
        {
            var before = await context.Events.SingleAsync(row => row.Seq == 9, TestContext.Current.CancellationToken);
            var forged = new EventRow { Stream = "stream", Seq = 10, EventId = "evt_forged", Type = "tested", At = 10, Payload = "{}" };
            EventChain.Seal(forged, before.Hash, new byte[16]);
            _database.Tamper($"UPDATE events SET event_id = 'evt_forged', payload = '{{}}', salt = zeroblob(16), payload_hash = x'{Convert.ToHexString(forged.PayloadHash)}', hash = x'{Convert.ToHexString(forged.Hash)}' WHERE seq = 10");
        }

        Assert.Equal((false, 10L, 9L), await OutcomeAsync());
    }

    [Fact]
    public async Task UnknownStream_IsNotFound() =>
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<ProblemException>(VerifyAsync)).Problem.Code);

    private async Task<(bool, long?, long)> OutcomeAsync()
    {
        var chain = await VerifyAsync();
        return (chain.Valid, chain.FirstBad, chain.VerifiedUpTo);
    }

    private Task<ChainState> VerifyAsync() => new GetAuditTrail(_database.Engine).VerifyAsync(Principal.LocalOwner, "stream");

    private Task WriteTenAsync() => WriteAsync(1, 10);

    private async Task KeepWritingAsync(int from, CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; from += 50) await WriteAsync(from, 50);
    }

    private Task WriteAsync(int from, int count) => Task.WhenAll(Enumerable.Range(from, count).Select(number =>
    {
        var transition = new Engine.Storage.Journal.Transition();
        transition.Tell(Rows.Event("stream", number, $"{{\"n\":{number}}}"));
        return _database.Engine.Journal.CommitAsync(transition);
    }));
}
