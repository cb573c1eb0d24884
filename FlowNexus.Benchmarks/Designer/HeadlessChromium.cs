using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>The machine's own Chromium, with nothing in it that talks to anybody else.</summary>
internal static class HeadlessChromium
{
    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-features=LocalNetworkAccessChecks"],
    };
}
