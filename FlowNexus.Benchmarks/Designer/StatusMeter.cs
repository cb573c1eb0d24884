using System.Text.Json;
using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>When the browser has drawn a step's new status, by the clock it shares with the server.</summary>
internal static class StatusMeter
{
    private const string Start = """
        () => {
          const seen = window.statusMeter = [];
          const drawn = new MessageChannel();
          let fresh = [];
          drawn.port1.onmessage = () => {
            const now = Date.now();
            for (const [step, status] of fresh) seen.push([step, status, now]);
            fresh = [];
          };
          new MutationObserver(changes => {
            if (fresh.length === 0) requestAnimationFrame(() => drawn.port2.postMessage(null));
            for (const { target } of changes) {
              const step = target.closest(".react-flow__node")?.dataset.id;
              if (step) fresh.push([step, target.dataset.status]);
            }
          }).observe(document.querySelector(".react-flow"), { subtree: true, attributeFilter: ["data-status"] });
        }
        """;

    public static Task StartAsync(IPage page) => page.EvaluateAsync(Start);

    public static async Task<IReadOnlyList<SeenStatus>> ReadAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<JsonElement>("() => window.statusMeter");
        return [.. seen.EnumerateArray().Select(one => new SeenStatus(one[0].GetString()!, one[1].GetString()!, DateTimeOffset.FromUnixTimeMilliseconds(one[2].GetInt64())))];
    }
}

internal sealed record SeenStatus(string StepId, string Status, DateTimeOffset At);
