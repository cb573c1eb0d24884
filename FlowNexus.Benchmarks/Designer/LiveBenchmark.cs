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
    private const int WarmUps = 2;
    private const int Rounds = 3;

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

        // The first ones compile the page and the engine.
        for (var i = 0; i < WarmUps; i++) await WatchedAsync(browser, await QueuedAsync());
        List<long> delays = [];
        List<double> rates = [];
        for (var i = 0; i < Rounds; i++)
        {
            var (run, seen) = await WatchedAsync(browser, await QueuedAsync());
            rates.Add(run.Rate);
            delays.AddRange(seen);
        }

        var latency = Percentiles.Of(delays);
        var alone = await RunOnceAsync(await QueuedAsync());
        var crowded = await CrowdedAsync(browser, await QueuedAsync());
        return
        [
            new Measurement("live_status", string.Create(CultureInfo.InvariantCulture, $"status change to the screen at {rates.Average():0} a second, p95"), latency.P95, "ms") { Target = Targets.StatusOnScreen, Latency = latency, Samples = delays.Count },
            new Measurement("live_viewers", string.Create(CultureInfo.InvariantCulture, $"{Viewers} viewers at {crowded.Rate:0} changes a second"), 100 * (crowded.Processor - alone.Processor) / crowded.Seconds, "% of a core") { Target = Targets.ManyViewers, Samples = Viewers },
        ];

        async Task<string> QueuedAsync()
        {
            await api.PostAsync("queues/workflow_executions/pause", cancellationToken);
            return await api.StartAsync(workflow, cancellationToken);
        }

        async Task<Run> RunOnceAsync(string execution)
        {
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
            var run = new Run(duration, processor.TotalSeconds, steps);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Rate:0} changes/s over {duration:0.0} s, the server took {100 * run.Processor / run.Seconds:0.0} % of a core"));
            return run;
        }

        async Task<(Run Run, List<long> Delays)> WatchedAsync(IBrowser browser, string execution)
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync(Page(execution), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            await page.Locator(".canvas[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 120_000 });
            await StatusMeter.StartAsync(page);
            var run = await RunOnceAsync(execution);
            List<long> seen = [.. Delays(await StatusMeter.ReadAsync(page), run.Steps)];
            var percentiles = Percentiles.Of(seen);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"watched: {seen.Count} changes in sight, p50 {percentiles.P50:0} ms, p95 {percentiles.P95:0} ms, longest {percentiles.Max:0} ms"));
            return (run, seen);
        }

        async Task<Run> CrowdedAsync(IBrowser browser, string execution)
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true });
            List<Viewer> viewers = [];
            for (var i = 0; i < Viewers; i++) viewers.Add(await Viewer.OpenAsync(context, Page(execution)));
            var run = await RunOnceAsync(execution);
            List<int> taken = [];
            foreach (var viewer in viewers) taken.Add(await viewer.TakenAsync());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Viewers} viewers: {taken.Min():N0} to {taken.Max():N0} statuses arrived at each"));
            if (taken.Min() < run.Steps.Count) throw new BenchmarkException("A viewer did not keep up: the figure would be too good.");
            return run;
        }

        string Page(string execution) => new Uri(server.Address, $"/executions/{execution}").ToString();
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

    /// <param name="Processor">Seconds of it that the server took.</param>
    private sealed record Run(double Seconds, double Processor, JsonArray Steps)
    {
        /// <summary>Changes a second.</summary>
        public double Rate => 2 * Steps.Count / Seconds;
    }
}
