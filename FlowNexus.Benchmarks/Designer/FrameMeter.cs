using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>Frames that the browser drew while something went on, with the longest wait for one.</summary>
internal static class FrameMeter
{
    private const string Start = """
        () => {
          const times = [];
          window.frameMeter = { times, on: true };
          const next = time => { times.push(time); if (window.frameMeter.on) requestAnimationFrame(next); };
          requestAnimationFrame(next);
        }
        """;

    private const string Stop = """
        () => {
          window.frameMeter.on = false;
          const times = window.frameMeter.times;
          const waits = times.slice(1).map((time, i) => time - times[i]);
          return [1000 * waits.length / (times.at(-1) - times[0]), Math.max(...waits), waits.length];
        }
        """;

    public static async Task<Frames> WhileAsync(IPage page, Func<Task> act)
    {
        await page.EvaluateAsync(Start);
        await act();
        var figures = await page.EvaluateAsync<double[]>(Stop);
        return new Frames(figures[0], figures[1], (int)figures[2]);
    }
}

/// <param name="Longest">Milliseconds.</param>
internal sealed record Frames(double PerSecond, double Longest, int Count);
