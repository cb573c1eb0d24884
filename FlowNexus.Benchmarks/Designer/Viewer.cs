using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>
/// Somebody who watches, for as little of this machine as can be: a real page on a real circuit that takes and confirms
/// whatever the server sends, but draws nothing. What the server spends on it is what it spends on any other.
/// </summary>
internal sealed class Viewer(IPage page)
{
    private const string Canvas = """
        export function mount(root) {
          window.statusesTaken = 0;
          root.setAttribute("data-ready", "true");
          return {
            patch: () => true,
            setStatus: statuses => { window.statusesTaken += statuses.length; },
            setOptions() {}, select() {}, fit() {}, focus() {}, reveal() {}, zoom() {}, autoLayout() {}, dispose() {},
          };
        }
        """;

    private const string DrawNothing = "new MutationObserver((_, it) => { if (document.documentElement) { document.documentElement.style.display = 'none'; it.disconnect(); } }).observe(document, { childList: true })";

    /// <param name="context">One that bypasses the page's policy, which names its own scripts only.</param>
    public static async Task<Viewer> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/canvas/canvas*.js", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/javascript", Body = Canvas }));
        await page.RouteAsync(address, async route =>
        {
            // The page names the script's hash; this is another script.
            var response = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = response, Body = (await response.TextAsync()).Replace("integrity", "data-integrity", StringComparison.Ordinal) });
        });
        await page.AddInitScriptAsync(DrawNothing);
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".canvas[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        return new Viewer(page);
    }

    /// <summary>Statuses that arrived.</summary>
    public Task<int> TakenAsync() => page.EvaluateAsync<int>("() => window.statusesTaken");
}
