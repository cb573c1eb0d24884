using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Shell.Navigation;

/// <summary>The rail of a phone.</summary>
public sealed partial class Drawer(IJSRuntime script, NavigationManager navigation) : ComponentBase, IAsyncDisposable
{
    private ElementReference _dialog;
    private IJSObjectReference? _module;

    public async Task OpenAsync()
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("open", _dialog);
    }

    protected override void OnInitialized() => navigation.LocationChanged += CloseAfterNavigation;

    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= CloseAfterNavigation;
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone and its modules with it.
        }
    }

    private async Task CloseAsync()
    {
        if (_module is not null) await _module.InvokeVoidAsync("close", _dialog);
    }

    private void CloseAfterNavigation(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(CloseAsync);

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./Shell/Navigation/Drawer.razor.js");
}
