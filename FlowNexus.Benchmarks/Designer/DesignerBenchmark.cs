using System.Diagnostics;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;
using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>The canvas in headless Chromium: how soon large workflows are drawn, how smoothly they move, and what it loads.</summary>
internal static class DesignerBenchmark
{
    private const int Edited = 500;
    private const int Watched = 2_000;
    private const int Rounds = 5;
    private const int Moves = 120;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(command.Server, space.Fresh("designer"), cancellationToken);
        using var http = LoopbackHttp.Create(connections: 1);
        var api = new FlowNexusApi(http, server.Address);
        var edited = await api.CreateWorkflowAsync(LargeWorkflow.Definition(Edited), cancellationToken);
        var watched = await api.CreateWorkflowAsync(LargeWorkflow.Definition(Watched), cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(HeadlessChromium.Options);

        List<Measurement> measured = [];
        await using (var first = await browser.NewContextAsync())
        {
            var page = await first.NewPageAsync();
            var traffic = await Traffic.OfAsync(page);
            await OpenAsync(page, server.Address, $"/workflows/{edited}/design");
            Console.WriteLine($"first load: {traffic}");
            measured.Add(new Measurement("designer_first_load", "designer, first load, compressed", traffic.Loaded / 1000.0, "KB") { Target = Targets.DesignerLoad });
        }

        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        var work = await context.NewPageAsync();
        var opened = await OpenedAsync(work, server.Address, $"/workflows/{edited}/design", cancellationToken);
        measured.Add(new Measurement("designer_open_500", "500 steps: link opened to every visible box drawn", opened, "s") { Target = Targets.LargeOpen, Samples = Rounds });
        measured.AddRange(await DragAsync(work));
        opened = await OpenedAsync(work, server.Address, $"/workflows/{watched}", cancellationToken);
        measured.Add(new Measurement("canvas_open_2000", "2,000 steps read-only: opened", opened, "s") { Target = Targets.LargestOpen, Samples = Rounds });
        measured.Add(await PanAsync(work));
        return measured;
    }

    private static async Task<double> OpenedAsync(IPage page, Uri address, string path, CancellationToken cancellationToken)
    {
        // The first one fills the browser's cache and compiles the page's code on the server.
        await OpenAsync(page, address, path);
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            times.Add(await OpenAsync(page, address, path));
        }

        Console.WriteLine($"{path}: {string.Join(", ", times.Select(time => $"{time:0.00} s"))}");
        return times.Order().ElementAt(Rounds / 2);
    }

    private static async Task<double> OpenAsync(IPage page, Uri address, string path)
    {
        await page.GotoAsync("about:blank");
        var start = Stopwatch.GetTimestamp();
        await page.GotoAsync(new Uri(address, path).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".canvas[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 120_000 });
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<IReadOnlyList<Measurement>> DragAsync(IPage page)
    {
        var traffic = await Traffic.OfAsync(page);
        var box = await page.Locator(".react-flow__node").Nth(6).BoundingBoxAsync() ?? throw new BenchmarkException("No box is in sight.");
        var (x, y) = (box.X + box.Width / 2, box.Y + 12);
        await page.Mouse.MoveAsync(x, y);
        var frames = await FrameMeter.WhileAsync(page, async () =>
        {
            await page.Mouse.DownAsync();
            for (var i = 1; i <= Moves; i++)
            {
                await page.Mouse.MoveAsync(x + 2 * i, y + i);
                await page.WaitForTimeoutAsync(8);
            }

            await page.Mouse.UpAsync();
        });
        await page.WaitForTimeoutAsync(1_000);
        Console.WriteLine($"drag: {frames.PerSecond:0.0} frames/s, longest {frames.Longest:0} ms; {traffic}");
        return
        [
            new Measurement("designer_drag_500", "500 steps: drag", frames.PerSecond, "frames/s") { Target = Targets.Frames, Samples = frames.Count },
            new Measurement("designer_message", "largest message over the circuit while editing", traffic.LargestSent / 1024.0, "KB") { Target = Targets.CircuitMessage },
        ];
    }

    private static async Task<Measurement> PanAsync(IPage page)
    {
        var board = await page.Locator(".react-flow").First.BoundingBoxAsync() ?? throw new BenchmarkException("No canvas is in sight.");
        await page.Mouse.MoveAsync(board.X + board.Width / 2, board.Y + board.Height / 2);
        var frames = await FrameMeter.WhileAsync(page, async () =>
        {
            for (var i = 0; i < Moves; i++)
            {
                await page.Mouse.WheelAsync(30, 6);
                await page.WaitForTimeoutAsync(8);
            }
        });
        Console.WriteLine($"pan: {frames.PerSecond:0.0} frames/s, longest {frames.Longest:0} ms");
        return new Measurement("canvas_pan_2000", "2,000 steps read-only: pan", frames.PerSecond, "frames/s") { Target = Targets.Frames, Samples = frames.Count };
    }
}
