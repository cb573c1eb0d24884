using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Scripts;

/// <summary>Functions of a script, loaded when the first of them is called. In a tab that is gone they do nothing.</summary>
/// <param name="address">Of the script.</param>
internal sealed class ScriptModule(IJSRuntime script, string address) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Whether a call failed because nobody is there any more: the tab was closed, or the component went while it waited.</summary>
    public static bool IsGone(Exception failure) => failure is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    public Task CallAsync(string export, params object?[] arguments) => AskAsync<object?>(export, arguments);

    /// <returns>The default when nobody is there to answer.</returns>
    public async Task<T?> AskAsync<T>(string export, params object?[] arguments)
    {
        try
        {
            _module ??= await script.InvokeAsync<IJSObjectReference>("import", address);
            return await _module.InvokeAsync<T?>(export, arguments);
        }
        catch (Exception failure) when (IsGone(failure))
        {
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone and its modules with it.
        }
    }
}
