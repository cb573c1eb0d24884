using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace FlowNexus.E2E.Pages;

/// <summary>One canvas, by what it is called.</summary>
internal sealed class CanvasBoard(IPage page, string label)
{
    public ILocator Board => page.GetByRole(AriaRole.Application, new() { Name = label });

    public ILocator Connections => Board.GetByRole(AriaRole.Img, new() { NameRegex = new Regex(" to ") });

    /// <summary>What the page behind the canvas said last.</summary>
    public ILocator Said => page.GetByRole(AriaRole.Main).Locator("p[role=status]");

    public ILocator Box(string name) => Board.GetByRole(AriaRole.Group, new() { NameRegex = new Regex($"^{Regex.Escape(name)}, ") });

    public ILocator Connection(string from, string to) => Board.GetByRole(AriaRole.Img, new() { NameRegex = new Regex($"^{Regex.Escape(from)} to {Regex.Escape(to)}($|, )") });

    public async Task GoAsync(string path)
    {
        await new ShellPage(page).GoAsync(path);
        await page.Locator(".canvas[data-ready]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Board.WaitForAsync();
    }

    /// <summary>From the middle of one thing, slowly enough to be a drag, to a point beside the middle of another.</summary>
    public async Task DragAsync(ILocator from, ILocator to, float right = 0, float down = 0)
    {
        var (x, y) = await MiddleAsync(to);
        await DragToAsync(from, x + right, y + down);
    }

    public async Task DragByAsync(ILocator from, float right, float down)
    {
        var (x, y) = await MiddleAsync(from);
        await DragToAsync(from, x + right, y + down);
    }

    public ILocator WayOut(string box, int index = 0) => Box(box).Locator(".react-flow__handle-right").Nth(index);

    public static async Task<(float X, float Y)> MiddleAsync(ILocator of)
    {
        var area = await of.BoundingBoxAsync() ?? throw new InvalidOperationException("It is not in sight.");
        return (area.X + area.Width / 2, area.Y + area.Height / 2);
    }

    private async Task DragToAsync(ILocator from, float x, float y)
    {
        await from.HoverAsync();
        var (startX, startY) = await MiddleAsync(from);
        await page.Mouse.MoveAsync(startX, startY);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((startX + x) / 2, (startY + y) / 2, new() { Steps = 4 });
        await page.Mouse.MoveAsync(x, y, new() { Steps = 6 });
        await page.Mouse.UpAsync();
    }
}
