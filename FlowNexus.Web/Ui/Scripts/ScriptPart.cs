using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Scripts;

/// <summary>
/// What a component runs in the browser: begun once, ended with the component, also when that goes while the script is
/// still on its way. A call to a part that has not begun, has ended, or stood in a tab that is gone does nothing.
/// </summary>
/// <param name="owner">What the script calls.</param>
/// <param name="module">Address of the script.</param>
/// <param name="function">Its export that begins: it takes the owner and what <see cref="StartAsync"/> was given, and returns an object with <c>stop()</c>.</param>
internal sealed class ScriptPart<T>(IJSRuntime script, T owner, string module, string function) : IAsyncDisposable
    where T : class
{
    private DotNetObjectReference<T>? _owner;
    private IJSObjectReference? _part;
    private bool _disposed;

    public bool IsRunning => _part is not null;

    /// <returns>True when it has begun with this call; false when it had before, or no longer can.</returns>
    public async Task<bool> StartAsync(params object?[] arguments)
    {
        if (_owner is not null || _disposed) return false;
        _owner = DotNetObjectReference.Create(owner);
        try
        {
            if (await script.InvokeAsync<IJSObjectReference?>("import", module) is not { } loaded) return false;
            await using (loaded)
            {
                if (_disposed) return false;
                _part = await loaded.InvokeAsync<IJSObjectReference?>(function, [_owner, .. arguments]);
            }

            if (_disposed) await StopAsync();
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            return false;
        }

        return IsRunning;
    }

    public async Task CallAsync(string name, params object?[] arguments)
    {
        try
        {
            if (_part is not null) await _part.InvokeVoidAsync(name, arguments);
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            // Nobody sees any more what it would have done.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await StopAsync();
    }

    private async Task StopAsync()
    {
        var part = _part;
        _part = null;
        try
        {
            if (part is not null)
            {
                await part.InvokeVoidAsync("stop");
                await part.DisposeAsync();
            }
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            // The tab is gone and everything of it.
        }

        _owner?.Dispose();
    }
}
