using FlowNexus.Engine.Audit;
using FlowNexus.Web.Live;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Web.Live;

public sealed class LiveRefreshTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider _clock = new();
    private readonly EventFeed _feed = new();
    private int _refreshed;

    [Fact]
    public void Signals_InABurst_BecomeOneAtOnceAndOneAfterThePause()
    {
        using var live = Live(() => Task.CompletedTask);
        _clock.Advance(Pause);

        Publish(50);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(1, _refreshed);

        Publish(50);
        _clock.Advance(Pause / 2);
        Assert.Equal(1, _refreshed);
        _clock.Advance(Pause / 2);
        Assert.Equal(2, _refreshed);
    }

    [Fact]
    public void Signal_WhileReading_IsNotLostAndDoesNotOverlap()
    {
        var reading = new TaskCompletionSource();
        using var live = Live(() => reading.Task);
        _clock.Advance(Pause);
        Publish(1);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(1, _refreshed);

        Publish(3);
        _clock.Advance(Pause * 5);
        Assert.Equal(1, _refreshed);

        reading.SetResult();
        _clock.Advance(Pause);
        Assert.Equal(2, _refreshed);
    }

    [Fact]
    public void Disposed_HearsNothingMore()
    {
        var live = Live(() => Task.CompletedTask);
        _clock.Advance(Pause);
        Publish(2);
        Assert.Equal(1, _refreshed);

        // The second signal waits for the pause to pass; disposing takes it back.
        Publish(1);
        live.Dispose();
        _clock.Advance(Pause * 5);
        Publish(5);
        _clock.Advance(Pause * 5);

        Assert.Equal(1, _refreshed);
    }

    [Fact]
    public void Signal_OfAnotherExecution_IsNotHeard()
    {
        using var live = Live(() => Task.CompletedTask);
        _clock.Advance(Pause);

        _feed.Publish(new ExecutionProgress("exec_other", "workflow_a", .5, "step", .5));
        _clock.Advance(Pause);

        Assert.Equal(0, _refreshed);
    }

    private LiveRefresh Live(Func<Task> then) => new(_feed, _clock, Pause, _ => false, progress => progress.ExecutionId == "exec_mine", () =>
    {
        _refreshed++;
        return then();
    });

    private void Publish(int times)
    {
        for (var i = 0; i < times; i++) _feed.Publish(new ExecutionProgress("exec_mine", "workflow_a", .5, "step", .5));
    }
}
