using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Shell.Navigation;

/// <summary>The rail of a phone.</summary>
public sealed partial class Drawer(IJSRuntime script, NavigationManager navigation) : ComponentBase, IAsyncDisposable
{
    private readonly ScriptModule _script = new(script, "./Shell/Navigation/Drawer.razor.js");
    private ElementReference _dialog;
    private bool _opened;

    public Task OpenAsync()
    {
        _opened = true;
        return _script.CallAsync("open", _dialog);
    }

    protected override void OnInitialized() => navigation.LocationChanged += CloseAfterNavigation;

    public ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= CloseAfterNavigation;
        return _script.DisposeAsync();
    }

    private void CloseAfterNavigation(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() => _opened ? _script.CallAsync("close", _dialog) : Task.CompletedTask);
}
