using Microsoft.Playwright;

namespace FlowNexus.E2E.Kit;

/// <summary>
/// A test in a browser. Each page it opens is watched: an error on the console, a blocked script or a request that leaves
/// the machine fails the test; a failed test leaves its trace behind, and what the
/// shared product printed.
/// </summary>
public abstract class BrowserTest(Stage stage) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _wrong = [];

    protected Stage Stage { get; } = stage;

    /// <summary>Of the product under test; a test with its own product overrides it.</summary>
    protected virtual Uri Address => Stage.Product.Address;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fresh browser profile with one tab.</summary>
    protected async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = Address.ToString();
        options.ViewportSize ??= new ViewportSize { Width = 1440, Height = 900 };
        options.TimezoneId ??= "Europe/Berlin";
        var context = await Stage.Browser.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(15_000);
        await context.Tracing.StartAsync(new TracingStartOptions { Screenshots = true, Snapshots = true });
        context.Console += (_, message) =>
        {
            if (message.Type is "error") Note(message.Text);
        };
        context.Request += (_, request) =>
        {
            var target = new Uri(request.Url);
            if (target.Scheme is "http" or "https" or "ws" or "wss" && !target.IsLoopback) Note($"A request left the machine: {request.Url}");
        };
        return await context.NewPageAsync();
    }

    /// <summary>Takes back what a test provoked on purpose.</summary>
    protected void Forgive(Func<string, bool> which)
    {
        lock (_wrong) _wrong.RemoveAll(note => which(note));
    }

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result is TestResult.Failed || _wrong.Count > 0;
        var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "test").Split(Path.GetInvalidFileNameChars()));
        for (var i = 0; i < _contexts.Count; i++)
        {
            var trace = failed ? Path.Combine(BuiltProgram.Results, "traces", $"{name}-{i}.zip") : null;
            await _contexts[i].Tracing.StopAsync(new TracingStopOptions { Path = trace });
            await _contexts[i].DisposeAsync();
        }

        if (failed) await File.WriteAllTextAsync(Path.Combine(BuiltProgram.Results, "traces", $"{name}.log"), Stage.Product.Output);
        await CleanAsync();
        GC.SuppressFinalize(this);
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    /// <summary>For what a test started itself.</summary>
    protected virtual ValueTask CleanAsync() => ValueTask.CompletedTask;

    private void Note(string what)
    {
        lock (_wrong) _wrong.Add(what);
    }
}
