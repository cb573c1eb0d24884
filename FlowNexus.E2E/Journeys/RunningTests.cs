using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>What a person does on the first day: runs the workflow that is there and watches it.</summary>
public sealed class RunningTests(Stage stage) : BrowserTest(stage)
{
    // Playwright takes no regular expression with options of its own.
    private static readonly Regex Step = new("^(?:data_extraction|data_processing|report_generation)", RegexOptions.None, TimeSpan.FromSeconds(1));
    private static readonly Regex Artifacts = new("^Artifacts", RegexOptions.None, TimeSpan.FromSeconds(1));
    private static readonly Regex Report = new(@"\.pdf", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task FirstWorkflow_RunFromItsForm_IsWatchedLiveToItsReport()
    {
        var page = await OpenAsync();
        var execution = await ExecutionPage.RunAsync(page);

        await Expect(execution.Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" }).GetByRole(AriaRole.Button, new() { NameRegex = Step })).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Workflow", Exact = true }).Locator("[data-ready]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { NameRegex = Artifacts }).ClickAsync();
        var report = page.GetByRole(AriaRole.Row, new() { NameRegex = Report });
        var download = await page.RunAndWaitForDownloadAsync(() => report.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        await using var file = File.OpenRead(await download.PathAsync());
        var start = new byte[5];
        await file.ReadExactlyAsync(start, TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-"u8.ToArray(), start);
    }

    [Fact]
    public async Task Execution_OpenedByItsLink_ShowsTheStepAndTabOfTheAddress()
    {
        var page = await OpenAsync();
        var execution = await ExecutionPage.RunAsync(page);
        await Expect(execution.Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);
        var address = new Uri(page.Url).AbsolutePath;

        var other = await OpenAsync();
        await new ShellPage(other).GoAsync($"{address}?step=data_extraction&tab=input");

        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "data_extraction" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Region, new() { Name = "Input" })).ToContainTextAsync("small_sample");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ExecutionPage_InBothThemes_HasNoBarrier_AndFitsAPhone(ColorScheme scheme)
    {
        var page = await OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme });
        var execution = await ExecutionPage.RunAsync(page);
        await Expect(execution.Status).ToHaveTextAsync("Completed", ExecutionPage.Patient);

        await page.AssertAccessibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task UnknownExecution_SaysSoAndLeadsOn()
    {
        var page = await OpenAsync();
        await new ShellPage(page).GoAsync("/executions/exec_nowhere");

        await Expect(page.GetByText("EXECUTION_NOT_FOUND")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all executions" }).ClickAsync();
        await Expect(new ShellPage(page).Heading).ToHaveTextAsync("Executions");
    }
}
