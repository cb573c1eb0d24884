using Bunit;
using FlowNexus.Web.Ui.Times;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Tests.Web.Ui.Times;

public sealed class RelativeTimeTests : UiTest
{
    [Fact]
    public void Time_AsTheClockMovesOn_ReadsAnew()
    {
        var time = Render<RelativeTime>(p => p.Add(t => t.At, Now.AddSeconds(-3)));
        Assert.Equal("just now", time.Find("time").TextContent);

        Clock.Advance(TimeSpan.FromMinutes(3));

        time.WaitForAssertion(() => Assert.StartsWith("3", time.Find("time").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Time_WhileItsWordsStayTheSame_IsNotRenderedAgain()
    {
        var time = Render<RelativeTime>(p => p.Add(t => t.At, Now.AddHours(-5)));

        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, time.RenderCount);
    }

    [Fact]
    public async Task Time_Disposed_LeavesThePulse()
    {
        Render<RelativeTime>(p => p.Add(t => t.At, Now));
        var pulse = Services.GetRequiredService<Pulse>();
        Assert.Equal(1, pulse.Listeners);

        await DisposeComponentsAsync();

        Assert.Equal(0, pulse.Listeners);
    }

    [Fact]
    public void Duration_StillRunning_TicksAndStopsWhenItsLengthIsKnown()
    {
        var duration = Render<Duration>(p => p.Add(d => d.Since, Now));
        Clock.Advance(TimeSpan.FromSeconds(2));
        duration.WaitForAssertion(() => Assert.StartsWith("2", duration.Find("span").TextContent, StringComparison.Ordinal));

        duration.Render(p => p.Add(d => d.Length, TimeSpan.FromSeconds(134)));

        Assert.Equal("2 m 14 s", duration.Find("span").TextContent.Replace('\u202F', ' '));
        Assert.Equal(0, Services.GetRequiredService<Pulse>().Listeners);
    }
}
