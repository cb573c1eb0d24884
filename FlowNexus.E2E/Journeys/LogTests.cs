using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>Somebody wants to know what a step did.</summary>
public sealed class LogTests(Stage stage) : BrowserTest(stage)
{
    private const string Kept = "Read 50 rows from small_sample and kept";

    // Playwright takes no regular expression with options of its own.
    private static readonly Regex Searched = new("q=kept", RegexOptions.None, TimeSpan.FromSeconds(1));
    private static readonly Regex Unfiltered = new("tab=logs$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Logs_FilteredByLevelAndSearched_ShowTheLine_AndSoDoesTheirLink()
    {
        var page = await OpenAsync();
        var execution = await OpenLogsAsync(page);
        await Expect(execution.LogLines.Filter(new() { HasText = Kept })).ToHaveCountAsync(1);

        await execution.LogLevel.SelectOptionAsync("error");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No line fits" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all lines" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Unfiltered);
        await execution.LogLevel.SelectOptionAsync("info");
        await execution.LogSearch.PressSequentiallyAsync("kept the");

        await Expect(page).ToHaveURLAsync(Searched);
        await Expect(execution.LogSearch).ToBeFocusedAsync();
        await Expect(execution.LogSearch).ToHaveValueAsync("kept the");
        await Expect(execution.LogLines).ToHaveCountAsync(1);
        await Expect(execution.LogLines).ToContainTextAsync(Kept);

        var other = await OpenAsync();
        await new ShellPage(other).GoAsync(new Uri(page.Url).PathAndQuery);
        var shown = new ExecutionPage(other);
        await Expect(shown.LogLines).ToHaveCountAsync(1);
        await Expect(shown.LogLevel).ToHaveValueAsync("info");
        await Expect(shown.LogSearch).ToHaveValueAsync("kept the");
    }

    [Fact]
    public async Task Logs_Downloaded_AreTheLinesShown()
    {
        var page = await OpenAsync();
        var execution = await OpenLogsAsync(page);
        await Expect(execution.LogLines.Filter(new() { HasText = Kept })).ToHaveCountAsync(1);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());

        Assert.Contains(Kept, await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Logs_InBothThemes_HaveNoBarrier_AndFitAPhone(ColorScheme scheme)
    {
        var page = await OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var execution = await OpenLogsAsync(page);
        await Expect(execution.LogLines.Filter(new() { HasText = Kept })).ToBeVisibleAsync();

        await page.PictureAsync($"logs-{scheme}", whole: true);
        await page.AssertAccessibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        await page.PictureAsync($"logs-phone-{scheme}", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    private static async Task<ExecutionPage> OpenLogsAsync(IPage page)
    {
        var execution = await ExecutionPage.RunAsync(page);
        await Expect(execution.Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);
        await execution.Tab("Logs").ClickAsync();
        return execution;
    }
}
