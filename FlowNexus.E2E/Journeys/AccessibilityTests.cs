using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

public sealed class AccessibilityTests(Stage stage) : BrowserTest(stage)
{
    private static readonly string[] Pages = ["/", "/workflows", "/executions", "/queues", "/system"];

    // Shown to developers alone, and made of what the pages are made of.
    private static readonly string[] Galleries = ["/dev/ui", "/dev/canvas"];

    public static TheoryData<string, string> EveryPageInBothThemes() => [.. Pages.SelectMany(path => new[] { (path, "light"), (path, "dark") })];

    public static TheoryData<string, string> EveryGallery() => [.. Galleries.SelectMany(path => new[] { (path, "light"), (path, "dark") })];

    public static TheoryData<string> Everything() => [.. Pages, .. Galleries];

    [Theory]
    [MemberData(nameof(EveryPageInBothThemes))]
    public Task Page_InBothThemes_HasNoGraveFinding(string path, string theme) => LookAsync(path, theme);

    [Theory, Trait("Category", "Soak")]
    [MemberData(nameof(EveryGallery))]
    public Task Gallery_InBothThemes_HasNoGraveFinding(string path, string theme) => LookAsync(path, theme);

    [Theory, Trait("Category", "Soak")]
    [MemberData(nameof(Everything))]
    public Task Page_InHighContrast_HasNoGraveFinding(string path) => LookAsync(path, "contrast");

    [Theory]
    [InlineData("light", "Control+k")]
    [InlineData("dark", "Control+k")]
    [InlineData("light", "?")]
    [InlineData("dark", "?")]
    public async Task Dialog_InEachTheme_HasNoGraveFinding(string theme, string key)
    {
        var page = await OpenIn(theme);
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        await page.Keyboard.PressAsync(key);
        await Expect(shell.Dialog).ToBeVisibleAsync();
        await page.PictureAsync($"{(key is "?" ? "shortcuts" : "palette")}-{theme}");

        await page.AssertAccessibleAsync(coloursOnly: theme != "light");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task ThemeMenu_Open_HasNoGraveFinding(string theme)
    {
        var page = await OpenIn(theme);
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        await shell.Theme.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" })).ToBeVisibleAsync();
        await page.PictureAsync($"theme-menu-{theme}");

        await page.AssertAccessibleAsync(coloursOnly: theme != "light");
    }

    private async Task LookAsync(string path, string theme)
    {
        var page = await OpenIn(theme);
        await new ShellPage(page).GoAsync(path);
        await page.PictureAsync($"{(path == "/" ? "dashboard" : path.Trim('/').Replace('/', '-'))}-{theme}", whole: true);

        await page.AssertAccessibleAsync(coloursOnly: theme != "light");
    }

    private async Task<IPage> OpenIn(string theme)
    {
        // Motion off: axe must not measure the colours of something half faded in.
        var page = await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Context.AddCookiesAsync([new() { Name = "fn-theme", Value = theme, Url = Address.ToString() }]);
        return page;
    }
}
