using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>Watching what runs: the dashboard, one execution live, two of them compared.</summary>
public sealed class WatchingTests(Stage stage) : BrowserTest(stage)
{
    private const string Slow = """
        {"name":"Watched","status":"active","steps":[
            {"name":"begin","type":"transform","depends_on":[],"value":{"n":2}},
            {"name":"pause","type":"delay","duration":"{{ input.wait }}","depends_on":["begin"]},
            {"name":"choose","type":"conditional","depends_on":["pause"],"conditions":[{"if":"steps.begin.output.n > 1","then":"many","else":"few"}]},
            {"name":"many","type":"transform","value":1},
            {"name":"few","type":"transform","value":2}]}
        """;

    [Fact]
    public async Task ARunningExecution_IsFollowedThroughAReload_WithoutAGapOrADouble()
    {
        var page = await OpenAsync();
        var execution = await page.StartAsync(await page.SaveAsync(Slow), """{"wait":"20s"}""");
        var shell = new ShellPage(page);
        await shell.GoAsync($"/executions/{execution}");
        var step = page.GetByRole(AriaRole.Region, new() { Name = "Step", Exact = true });
        await Expect(step.GetByRole(AriaRole.Heading, new() { Name = "pause" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Follow" })).ToHaveAttributeAsync("aria-pressed", "true");

        await page.ReloadAsync();
        await Expect(new ExecutionPage(page).Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);
        await Expect(step.GetByRole(AriaRole.Heading, new() { Name = "many" })).ToBeVisibleAsync();

        await new ExecutionPage(page).Tab("Events").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($@"/executions/{execution}\?tab=events$"));
        var numbers = await page.GetByRole(AriaRole.Region, new() { Name = "Events", Exact = true }).Locator("tbody tr td:first-child").AllInnerTextsAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"{number}"), numbers);
        Assert.True(numbers.Count > 8);
    }

    [Fact]
    public async Task Dashboard_Figure_LeadsToItsRows()
    {
        var page = await OpenAsync();
        var execution = await page.StartAsync(await page.SaveAsync(Slow), """{"wait":"0.1s"}""");
        var shell = new ShellPage(page);
        await shell.GoAsync($"/executions/{execution}");
        await Expect(new ExecutionPage(page).Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);

        await shell.GoAsync("/");
        var tile = page.GetByRole(AriaRole.Region, new() { Name = "In the last 24 hours" }).GetByRole(AriaRole.Link).First;
        await Expect(tile).ToContainTextAsync("Ended");
        await tile.ClickAsync();
        await Expect(shell.Heading).ToHaveTextAsync("Executions");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show those of any time" })).ToBeVisibleAsync();
        await Expect(page.Locator($"a[href='/executions/{execution}']").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TwoExecutions_Compared_SayWhyOneTookLonger()
    {
        var page = await OpenAsync();
        var workflow = await page.SaveAsync(Slow);
        var shell = new ShellPage(page);
        foreach (var wait in new[] { "0.1s", "3s" })
        {
            var execution = await page.StartAsync(workflow, $$"""{"wait":"{{wait}}"}""");
            await shell.GoAsync($"/executions/{execution}");
            await Expect(new ExecutionPage(page).Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "mostly because pause took" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Differences of the inputs" })).ToContainTextAsync("wait");
        await page.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    public async Task Dashboard_OnASmallScreen_FitsAndHasNoBarrier(int width)
    {
        var page = await OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 844 } });
        await page.StartAsync(await page.SaveAsync(Slow), """{"wait":"1s"}""");
        await new ShellPage(page).GoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Running now" })).ToBeVisibleAsync();

        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }
}
