using Microsoft.Playwright;

namespace FlowNexus.E2E.Pages;

/// <summary>The frame around every page.</summary>
internal sealed class ShellPage(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Main => page.GetByRole(AriaRole.Main);

    public ILocator Menu => page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });

    public ILocator Palette => page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" });

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator Theme => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme") });

    /// <summary>Opens a page and waits until it takes clicks and keys.</summary>
    public async Task GoAsync(string path)
    {
        await page.GotoAsync(path);
        await page.Locator("body > [data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    public ILocator Place(string title) => Menu.GetByRole(AriaRole.Link, new() { Name = title });

    public Task<string> BackgroundAsync() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
