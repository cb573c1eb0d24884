using FlowNexus.Web.Ui.Canvas;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Web.Ui.Canvas;

public sealed class CanvasStatusFeedTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<(CanvasStatus[] Statuses, bool All)> _sent = [];

    [Fact]
    public async Task Put_AfterAPause_GoesOutAtOnceAndThenPaced()
    {
        var feed = Feed();
        var sending = feed.PutAsync([Status("a", "running")], all: false, CancellationToken.None);
        Assert.Single(_sent);

        await feed.PutAsync([Status("a", "waiting"), Status("b", "running")], all: false, CancellationToken.None);
        await feed.PutAsync([Status("a", "completed")], all: false, CancellationToken.None);
        Assert.Single(_sent);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(2, _sent.Count);
        Assert.Equal([("a", "completed"), ("b", "running")], _sent[1].Statuses.Select(s => (s.Id, s.Status)).Order());
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await sending;
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task Put_TheWholeSet_ReplacesWhatWaited()
    {
        var feed = Feed();
        var sending = feed.PutAsync([Status("a", "running")], all: false, CancellationToken.None);
        await feed.PutAsync([Status("b", "running")], all: false, CancellationToken.None);

        await feed.PutAsync([], all: true, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        var (statuses, all) = _sent[1];
        Assert.True(all);
        Assert.Empty(statuses);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await sending;
    }

    [Fact]
    public async Task Put_AfterTheViewerLeft_EndsQuietlyForTheNextOne()
    {
        using var gone = new CancellationTokenSource();
        var feed = Feed();
        var sending = feed.PutAsync([Status("a", "running")], all: false, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static CanvasStatus Status(string id, string status) => new() { Id = id, Status = status };

    private CanvasStatusFeed Feed() => new((statuses, all) =>
    {
        _sent.Add(([.. statuses], all));
        return Task.CompletedTask;
    }, _clock);
}
