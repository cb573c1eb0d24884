using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Pages;

/// <summary>Where a workflow is drawn.</summary>
internal sealed class DesignerPage(IPage page)
{
    /// <summary>The address of a workflow that somebody has just begun.</summary>
    public static Regex New { get; } = new(@"/design\?new=true$");

    public ILocator State => page.Locator(".designer .state");

    public ILocator Undo => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Undo|Nothing to undo)") });

    public ILocator Problems => page.GetByRole(AriaRole.List, new() { Name = "Problems" }).GetByRole(AriaRole.Listitem);

    public ILocator Board => page.Locator(".designer").GetByRole(AriaRole.Application);

    public ILocator Inspector => page.GetByRole(AriaRole.Complementary, new() { Name = "Inspector" });

    /// <summary>Every step, also those out of sight on the canvas.</summary>
    public ILocator Outline => page.GetByRole(AriaRole.List, new() { Name = "Steps in the order they run" }).GetByRole(AriaRole.Listitem);

    public ILocator LastRun => page.GetByRole(AriaRole.Tabpanel, new() { Name = "Last run" });

    public ILocator Code => page.GetByRole(AriaRole.Textbox, new() { Name = "Definition as text" });

    public ILocator Box(string name) => Board.GetByRole(AriaRole.Group, new() { NameRegex = new Regex($"^{Regex.Escape(name)}, ") });

    public ILocator Connection(string from, string to) => Board.GetByRole(AriaRole.Img, new() { NameRegex = new Regex($"^{Regex.Escape(from)} to {Regex.Escape(to)}($|, )") });

    public ILocator WayOut(string box, int index = 0) => Box(box).Locator(".react-flow__handle-right").Nth(index);

    public static async Task<DesignerPage> NewAsync(IPage page, string name)
    {
        await new ShellPage(page).GoAsync("/workflows/new");
        await Expect(page).ToHaveURLAsync(New, new() { Timeout = 15_000 });
        var designer = new DesignerPage(page);
        await designer.Board.WaitForAsync();
        await designer.FillAsync("Name", name);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        return designer;
    }

    public async Task OpenAsync(string path)
    {
        await new ShellPage(page).GoAsync(path);
        await Board.WaitForAsync();
    }

    /// <summary>Adds what the palette finds first, after the step that is selected.</summary>
    public async Task AddAsync(string search, string becomes)
    {
        var find = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a step" });
        await find.FillAsync(search);
        await find.PressAsync("Enter");
        await Expect(Box(becomes)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the step" })).ToHaveValueAsync(becomes);
    }

    /// <summary>Fills a field of the inspector and leaves it.</summary>
    public async Task FillAsync(string label, string text)
    {
        var field = Inspector.Locator("input:not([type=radio]), textarea").And(page.GetByLabel(label, new() { Exact = true })).First;
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    public async Task RenameAsync(string to)
    {
        var name = page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the step" });
        await name.FillAsync(to);
        await name.PressAsync("Enter");
        await Expect(Box(to)).ToBeVisibleAsync();
    }

    public async Task ShowAsync(string panel) => await page.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex($"^{panel}") }).ClickAsync();

    public Task SavedAsync() => Expect(State).ToHaveTextAsync(new Regex("saved|active|draft$"), new() { Timeout = 15_000 });

    /// <summary>Runs it without input and waits for how it ends.</summary>
    public async Task RunAsync(string ends)
    {
        await page.Locator(".designer").GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Expect(LastRun.Locator("[data-status]").First).ToHaveTextAsync(ends, new() { Timeout = 30_000 });
    }
}
