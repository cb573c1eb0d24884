using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

public sealed class ThemeTests(Stage stage) : BrowserTest(stage)
{
    private const string LightCanvas = "rgb(246, 247, 249)";
    private const string DarkCanvas = "rgb(14, 17, 22)";
    private const string ContrastCanvas = "rgb(0, 0, 0)";

    [Theory]
    [InlineData("light", LightCanvas)]
    [InlineData("dark", DarkCanvas)]
    [InlineData("contrast", ContrastCanvas)]
    public async Task Theme_ByCookie_IsThereBeforeAnyScript(string theme, string canvas)
    {
        // The opposite of what is asked for, so that a page that ignores the cookie fails.
        var page = await OpenAsync(new() { JavaScriptEnabled = false, ColorScheme = theme is "light" ? ColorScheme.Dark : ColorScheme.Light });
        await page.Context.AddCookiesAsync([new() { Name = "fn-theme", Value = theme, Url = Address.ToString() }]);

        await page.GotoAsync("/workflows");

        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", canvas);
    }

    [Theory]
    [InlineData(ColorScheme.Light, LightCanvas)]
    [InlineData(ColorScheme.Dark, DarkCanvas)]
    public async Task Theme_NotChosen_FollowsTheSystem(ColorScheme scheme, string canvas)
    {
        var page = await OpenAsync(new() { ColorScheme = scheme });
        var shell = new ShellPage(page);

        await shell.GoAsync("/workflows");

        Assert.Equal(canvas, await shell.BackgroundAsync());
    }

    [Fact]
    public async Task Theme_WhileThePageLoads_NeverChanges()
    {
        var page = await OpenAsync(new() { ColorScheme = ColorScheme.Light });
        await page.Context.AddCookiesAsync([new() { Name = "fn-theme", Value = "dark", Url = Address.ToString() }]);
        await page.AddInitScriptAsync("""
            window.seen = new Set();
            const look = () => { if (document.body) window.seen.add(getComputedStyle(document.body).backgroundColor); requestAnimationFrame(look); };
            requestAnimationFrame(look);
            """);

        await new ShellPage(page).GoAsync("/workflows");

        Assert.Equal([DarkCanvas], await page.EvaluateAsync<string[]>("[...window.seen]"));
    }

    [Fact]
    public async Task Theme_ChosenInTheMenu_AppliesAtOnceAndStays()
    {
        var page = await OpenAsync(new() { ColorScheme = ColorScheme.Light });
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");

        await shell.Theme.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", DarkCanvas);
        await Expect(shell.Theme).ToHaveAccessibleNameAsync("Theme: Dark");
        await shell.GoAsync("/executions");

        Assert.Equal(DarkCanvas, await shell.BackgroundAsync());
    }
}
