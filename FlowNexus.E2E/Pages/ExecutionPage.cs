using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace FlowNexus.E2E.Pages;

/// <summary>One execution, watched.</summary>
internal sealed class ExecutionPage(IPage page)
{
    /// <summary>As long as a small report may take on a busy machine.</summary>
    public static readonly LocatorAssertionsToHaveTextOptions Patient = new() { Timeout = 60_000 };

    public ILocator Status => page.GetByRole(AriaRole.Main).Locator("header [data-status]");

    public ILocator LogLines => page.GetByRole(AriaRole.Log, new() { Name = "Log lines" }).Locator("[data-level]");

    public ILocator LogSearch => page.GetByRole(AriaRole.Searchbox, new() { Name = "Text in the logs" });

    public ILocator LogLevel => page.GetByRole(AriaRole.Combobox, new() { Name = "Least level" });

    public ILocator Tab(string title) => page.GetByRole(AriaRole.Navigation, new() { Name = "More about this execution" }).GetByRole(AriaRole.Link, new() { Name = title });

    /// <summary>Runs the workflow of a fresh installation from its form.</summary>
    public static async Task<ExecutionPage> RunAsync(IPage page)
    {
        await new ShellPage(page).GoAsync("/workflows");
        await page.GetByRole(AriaRole.Link, new() { Name = "Run Customer analytics report" }).ClickAsync();
        await page.GetByLabel("Dataset").SelectOptionAsync("small_sample");
        await page.GetByLabel("Date range").FillAsync("2024");
        await page.GetByRole(AriaRole.Region, new() { Name = "Run", Exact = true }).GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/executions/exec_"), new() { Timeout = 15_000 });
        return new ExecutionPage(page);
    }
}
