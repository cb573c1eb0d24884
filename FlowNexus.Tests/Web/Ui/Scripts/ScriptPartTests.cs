using FlowNexus.Web.Ui.Scripts;
using Microsoft.JSInterop;

namespace FlowNexus.Tests.Web.Ui.Scripts;

public sealed class ScriptPartTests : IAsyncDisposable
{
    private readonly Browser _browser = new();

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public async Task Start_WhileTheScriptIsOnItsWay_BeginsOnce()
    {
        var part = new ScriptPart<Owner>(_browser, new Owner(), "./some.js", "listen");

        var first = part.StartAsync("argument");
        Assert.False(await part.StartAsync("argument"));
        _browser.Loaded.SetResult();

        Assert.True(await first);
        Assert.True(part.IsRunning);
        Assert.Equal(["import", "listen"], _browser.Calls);
    }

    [Fact]
    public async Task Dispose_WhileTheScriptIsOnItsWay_NeverBegins()
    {
        var part = new ScriptPart<Owner>(_browser, new Owner(), "./some.js", "listen");

        var start = part.StartAsync();
        await part.DisposeAsync();
        _browser.Loaded.SetResult();

        Assert.False(await start);
        Assert.Equal(["import"], _browser.Calls);
    }

    [Fact]
    public async Task Dispose_WhileItBegins_StopsIt()
    {
        _browser.Loaded.SetResult();
        _browser.Began = new TaskCompletionSource();
        var part = new ScriptPart<Owner>(_browser, new Owner(), "./some.js", "listen");

        var start = part.StartAsync();
        await part.DisposeAsync();
        _browser.Began.SetResult();

        Assert.False(await start);
        await part.CallAsync("inspect");
        Assert.Equal(["import", "listen", "stop"], _browser.Calls);
    }

    [Fact]
    public async Task Call_ToATabThatIsGone_DoesNothing()
    {
        _browser.Loaded.SetResult();
        var part = new ScriptPart<Owner>(_browser, new Owner(), "./some.js", "listen");
        await part.StartAsync();

        _browser.IsGone = true;

        await part.CallAsync("inspect");
        await part.DisposeAsync();
        Assert.Equal(["import", "listen", "inspect", "stop"], _browser.Calls);
    }

    private sealed class Owner;

    /// <summary>A browser that answers when the test says so.</summary>
    private sealed class Browser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource Loaded { get; } = new();

        public TaskCompletionSource? Began { get; set; }

        public bool IsGone { get; set; }

        public List<string> Calls { get; } = [];

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            if (IsGone) throw new JSDisconnectedException("The tab is gone.");
            if (identifier == "import") await Loaded.Task;
            if (identifier == "listen" && Began is not null) await Began.Task;
            return identifier is "import" or "listen" ? (TValue)(object)this : default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
