using System.Globalization;
using Microsoft.Playwright;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>What a page loads, as it travels (compressed), and what it sends over its circuit.</summary>
internal sealed class Traffic
{
    public long Loaded { get; private set; }

    public int LargestSent { get; private set; }

    public static async Task<Traffic> OfAsync(IPage page)
    {
        var traffic = new Traffic();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        devtools.Event("Network.loadingFinished").OnEvent += (_, message) => traffic.Loaded += (long)message!.Value.GetProperty("encodedDataLength").GetDouble();
        devtools.Event("Network.webSocketFrameSent").OnEvent += (_, message) =>
        {
            // Binary frames arrive as Base64.
            var text = message!.Value.GetProperty("response").GetProperty("payloadData").GetString()!;
            traffic.LargestSent = Math.Max(traffic.LargestSent, text.Length * 3 / 4);
        };
        await devtools.SendAsync("Network.enable");
        return traffic;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Loaded / 1000.0:0} KB loaded, largest message {LargestSent / 1000.0:0.0} KB");
}
