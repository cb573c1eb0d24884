using Bunit;
using FlowNexus.Engine.Logs;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Logs;
using FlowNexus.Tests.Web.Ui;
using FlowNexus.Web.Features.Executions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Tests.Web.Features.Executions;

public sealed class LogListTests : UiTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Lines_OfAnEndedExecution_AreShownFilteredAndSearched()
    {
        await using var engine = await EngineHost.StartAsync(new TalkStep());
        var execution = await engine.RunAsync("""{"name":"talks","steps":[{"name":"a","type":"talk","lines":20},{"name":"b","type":"talk","lines":1}]}""");
        var list = Show(engine, execution);
        list.WaitForAssertion(() => Assert.Equal(23, list.FindAll(".line").Count), Patience);
        list.WaitForAssertion(() => Assert.NotNull(list.Find("[data-logs=ended]")), Patience);

        await list.Find("select[aria-label='Least level']").ChangeAsync(new ChangeEventArgs { Value = "warning" });
        list.WaitForAssertion(() => Assert.Equal(["line 9", "line 19"], list.FindAll(".message").Select(one => one.FirstChild!.TextContent.Trim())), Patience);

        await list.Find("select[aria-label='Least level']").ChangeAsync(new ChangeEventArgs { Value = "" });
        await list.Find("select[aria-label=Step]").ChangeAsync(new ChangeEventArgs { Value = "b" });
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll(".line").Count), Patience);

        await list.Find("input[type=search]").InputAsync(new ChangeEventArgs { Value = "nowhere" });
        Clock.Advance(TimeSpan.FromSeconds(1));
        list.WaitForAssertion(() => Assert.Contains("No line fits", list.Markup, StringComparison.Ordinal), Patience);
        Assert.EndsWith("/logs/download?step=b&q=nowhere", list.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_OfARunningExecution_ComeByThemselves()
    {
        var step = new TalkStep { Hold = new TaskCompletionSource() };
        await using var engine = await EngineHost.StartAsync(step);
        var execution = await engine.BeginAsync("""{"name":"talks","steps":[{"name":"a","type":"talk","lines":1}]}""");
        var list = Show(engine, execution);
        list.WaitForAssertion(() => Assert.Single(list.FindAll(".line")), Patience);
        Assert.NotNull(list.Find("[data-logs=live]"));
        step.Hold.SetResult();
        list.WaitForAssertion(() => Assert.Contains("Completed in", list.Markup, StringComparison.Ordinal), Patience);
    }

    private IRenderedComponent<LogList> Show(EngineHost engine, string execution)
    {
        Services.AddSingleton(engine.Get<FindLogs>());
        Services.AddSingleton(engine.Get<WatchLogs>());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        IRenderedComponent<LogList>? shown = null;
        void Ask(LogQuery query) => shown!.Render(parameters => parameters.Add(list => list.Query, query));
        shown = Render<LogList>(parameters => parameters.Add(list => list.ExecutionId, execution).Add(list => list.Steps, ["a", "b"]).Add(list => list.Query, new LogQuery()).Add(list => list.QueryChanged, Ask));
        return shown;
    }
}
