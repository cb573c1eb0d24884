using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

public sealed class FindingTheWayTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Root_Opened_IsTheDashboard()
    {
        var page = await OpenAsync();
        await new ShellPage(page).GoAsync("/");

        await Expect(page).ToHaveTitleAsync("Dashboard · FlowNexus");
        await Expect(new ShellPage(page).Place("Dashboard")).ToHaveAttributeAsync("aria-current", "page");
    }

    [Fact]
    public async Task SkipLink_FirstTabAndEnter_MovesFocusToMain()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(shell.Main).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/workflows#content$"));
    }

    [Fact]
    public async Task Palette_TypedAndEntered_GoesThere()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");

        await page.Keyboard.PressAsync("Control+k");
        await Expect(shell.Palette).ToBeFocusedAsync();
        await shell.Palette.PressSequentiallyAsync("exec");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Executions");
        await page.Keyboard.PressAsync("Enter");

        await Expect(shell.Heading).ToHaveTextAsync("Executions");
        await Expect(shell.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Palette_ArrowsAndEscape_ChooseAndClose()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Search or jump to") }).ClickAsync();
        var options = page.GetByRole(AriaRole.Option);

        await Expect(options.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(shell.Palette).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Escape");

        await Expect(shell.Dialog).ToHaveCountAsync(0);
        await Expect(shell.Heading).ToHaveTextAsync("Workflows");
    }

    [Fact]
    public async Task Letters_GThenE_GoToExecutions_ButNotWhileTyping()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("e");
        await Expect(shell.Heading).ToHaveTextAsync("Executions");
        await Expect(shell.Heading).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Control+k");
        await Expect(shell.Palette).ToBeFocusedAsync();
        await shell.Palette.PressSequentiallyAsync("gw?");
        await Expect(shell.Palette).ToHaveValueAsync("gw?");
        await Expect(shell.Heading).ToHaveTextAsync("Executions");
    }

    [Fact]
    public async Task QuestionMark_Pressed_ShowsEveryShortcut()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");

        await page.Keyboard.PressAsync("?");

        await Expect(shell.Dialog.GetByRole(AriaRole.Heading, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await Expect(shell.Dialog).ToContainTextAsync("Executions");
        await page.Keyboard.PressAsync("Escape");
        await Expect(shell.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rail_Expanded_IsStillExpandedAfterReload()
    {
        var page = await OpenAsync();
        var shell = new ShellPage(page);
        await shell.GoAsync("/workflows");
        await RailIsAsync(56, page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Expand" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Collapse" })).ToHaveAttributeAsync("aria-expanded", "true");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Collapse" })).ToBeVisibleAsync();

        await RailIsAsync(216, page);
    }

    [Fact]
    public async Task UnknownAddress_Opened_SaysSoWithStatus404()
    {
        var page = await OpenAsync();

        var answer = await page.GotoAsync("/no-such-page");

        Assert.Equal(404, answer!.Status);
        await Expect(new ShellPage(page).Heading).ToHaveTextAsync("No page at this address");
        Forgive(note => note.Contains("404", StringComparison.Ordinal));
    }

    private static Task RailIsAsync(int width, IPage page) => Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Rail" })).ToHaveCSSAsync("width", $"{width}px");
}
