using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Actions;

/// <summary>The viewer's clipboard.</summary>
public sealed class Clipboard(IJSRuntime script)
{
    /// <returns>False when the browser refused.</returns>
    public async Task<bool> CopyAsync(string text)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./clipboard.js");
        return await module.InvokeAsync<bool>("copy", text);
    }
}
