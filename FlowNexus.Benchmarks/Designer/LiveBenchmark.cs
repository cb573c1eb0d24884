using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;
using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>
/// An execution whose steps begin and end so many times a second, watched in headless Chromium: how soon each change is on
/// the screen, and what the server spends on many who watch.
/// </summary>
internal static class LiveBenchmark
{
    private const int ChangesPerSecond = 200;
    private const int Chains = 20;
    private const int Length = 50;
    private const int Viewers = 50;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        // Each step is two changes: it begins and it ends.
        await using var answers = new PacedAnswers(ChangesPerSecond / 2);
        await using var server = await ServerProcess.StartAsync(command.Server, space.Fresh("live"), cancellationToken, (command with { AllowLoopback = true }).ServerSettings);
        using var http = LoopbackHttp.Create(connections: 1);
        var api = new FlowNexusApi(http, server.Address);
        var workflow = await api.CreateWorkflowAsync(Definition(answers.Address), cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(HeadlessChromium.Options);

        await RunOnceAsync(0);
        var alone = await RunOnceAsync(0);
        var watched = await RunOnceAsync(1);
        var crowded = await RunOnceAsync(Viewers);
        var spent = 100 * (crowded.Cores - alone.Cores);
        return
        [
            new Measurement("live_status", string.Create(CultureInfo.InvariantCulture, $"status change to the screen at {watched.Rate:0} a second, p95"), watched.Delays.P95, "ms") { Target = Targets.StatusOnScreen, Latency = watched.Delays, Samples = watched.Seen },
            new Measurement("live_viewers", string.Create(CultureInfo.InvariantCulture, $"{Viewers} viewers at {crowded.Rate:0} changes a second"), spent, "% of a core") { Target = Targets.ManyViewers, Samples = crowded.Seen },
        ];

        async Task<Watching> RunOnceAsync(int viewers)
        {
            await api.PostAsync("queues/workflow_executions/pause", cancellationToken);
            var execution = await api.StartAsync(workflow, cancellationToken);
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = viewers > 1 ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1440, Height = 900 } });
            List<IPage> pages = [];
            for (var i = 0; i < viewers; i++) pages.Add(await OpenAsync(context, server.Address, execution));
            var before = server.ProcessorTime();
            await api.PostAsync("queues/workflow_executions/resume", cancellationToken);
            JsonNode status;
            do
            {
                await Task.Delay(500, cancellationToken);
                status = await api.GetAsync($"executions/{execution}", cancellationToken);
            }
            while ((string?)status["status"] is "queued" or "running");
            if ((string?)status["status"] != "completed") throw new BenchmarkException($"The execution was to complete: {status}");
            var processor = server.ProcessorTime() - before;
            var steps = (await api.GetAsync($"executions/{execution}/steps", cancellationToken))["steps"]!.AsArray();
            var duration = (steps.Max(step => Moment(step!, "finished_at")) - steps.Min(step => Moment(step!, "started_at"))).TotalSeconds;
            List<long> delays = [];
            foreach (var page in pages) delays.AddRange(Delays(await StatusMeter.ReadAsync(page), steps));
            var watching = new Watching(2 * steps.Count / duration, processor.TotalSeconds / duration, delays.Count, delays.Count == 0 ? new Percentiles(0, 0, 0, 0) : Percentiles.Of(delays));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{viewers} viewers: {watching.Rate:0} changes/s over {duration:0.0} s, {100 * watching.Cores:0.0} % of a core, {watching.Seen} changes seen, p50 {watching.Delays.P50:0} ms, p95 {watching.Delays.P95:0} ms, longest {watching.Delays.Max:0} ms"));
            return watching;
        }
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, Uri address, string execution)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(address, $"/executions/{execution}").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".canvas[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 120_000 });
        await StatusMeter.StartAsync(page);
        return page;
    }

    /// <summary>Of what was in sight when it changed; the first time it was drawn counts.</summary>
    private static IEnumerable<long> Delays(IReadOnlyList<SeenStatus> seen, JsonArray steps)
    {
        var known = steps.ToDictionary(step => (string)step!["step_id"]!, step => step!);
        foreach (var one in seen.DistinctBy(one => (one.StepId, one.Status)))
        {
            var moment = one.Status switch { "in_progress" => "started_at", "completed" => "finished_at", _ => null };
            if (moment is null || !known.TryGetValue(one.StepId, out var step)) continue;
            yield return Math.Max(0, (long)((one.At - Moment(step, moment)).TotalSeconds * Stopwatch.Frequency));
        }
    }

    private static JsonObject Definition(string url)
    {
        var steps = new JsonArray();
        for (var at = 0; at < Length; at++)
        {
            for (var chain = 0; chain < Chains; chain++)
            {
                var step = new JsonObject { ["name"] = Name(chain, at), ["type"] = "http_request", ["url"] = url, ["depends_on"] = at == 0 ? [] : new JsonArray(Name(chain, at - 1)) };
                steps.Add(step);
            }
        }

        return new JsonObject { ["name"] = "Much at once", ["steps"] = steps, ["configuration"] = new JsonObject { ["max_concurrent_steps"] = Chains } };
    }

    private static DateTimeOffset Moment(JsonNode step, string field) => step[field]!.GetValue<DateTimeOffset>();

    private static string Name(int chain, int at) => string.Create(CultureInfo.InvariantCulture, $"chain_{chain}_step_{at}");

    /// <param name="Rate">Changes a second.</param>
    /// <param name="Cores">Processor time of the server a second.</param>
    private sealed record Watching(double Rate, double Cores, int Seen, Percentiles Delays);
}
