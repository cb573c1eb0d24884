using FlowNexus.E2E.Kit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Stage))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace FlowNexus.E2E.Kit;

/// <summary>One browser and one running product for all tests that do not need their own.</summary>
public sealed class Stage : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningProduct? _product;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The stage is not set.");

    public RunningProduct Product => _product ?? throw new InvalidOperationException("The stage is not set.");

    public async ValueTask InitializeAsync()
    {
        var product = RunningProduct.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        _product = await product;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_product is not null) await _product.DisposeAsync();
    }
}
