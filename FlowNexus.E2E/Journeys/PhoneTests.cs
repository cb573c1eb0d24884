using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

public sealed class PhoneTests(Stage stage) : BrowserTest(stage)
{
    private static BrowserNewContextOptions Phone => new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true };

    [Fact]
    public async Task Drawer_OpenedOnAPhone_LeadsOnAndCloses()
    {
        var page = await OpenAsync(Phone);
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Menu" });
        await Expect(drawer).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Open menu" }).TapAsync();
        await Expect(drawer).ToBeVisibleAsync();
        await drawer.GetByRole(AriaRole.Link, new() { Name = "Executions" }).TapAsync();

        await Expect(shell.Heading).ToHaveTextAsync("Executions");
        await Expect(drawer).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("/workflows")]
    [InlineData("/executions")]
    [InlineData("/system")]
    [InlineData("/dev/ui")]
    [InlineData("/dev/canvas")]
    public async Task Page_OnAPhone_NeverScrollsSideways(string path)
    {
        var page = await OpenAsync(Phone);
        await new ShellPage(page).GoAsync(path);

        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.Equal(0, overflow);
    }
}
