using FlowNexus.Web.Shell.Navigation;
using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FlowNexus.Web.Shell.Commands;

/// <summary>Listens to the keyboard for the whole page, and opens palette and sheet.</summary>
public sealed partial class Shortcuts(CommandList commands, IDialogService dialogs, NavigationManager navigation, Viewer viewer, IJSRuntime script)
    : ComponentBase, IAsyncDisposable
{
    private static readonly DialogOptions Palette = new()
    {
        NoHeader = true, FullWidth = true, MaxWidth = MaxWidth.Small, Position = DialogPosition.TopCenter, CloseOnEscapeKey = true, BackgroundClass = "palette-backdrop",
    };

    private static readonly DialogOptions Sheet = new() { CloseButton = true, FullWidth = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true };

    private ScriptPart<Shortcuts>? _keys;
    private bool _open;

    [JSInvokable]
    public Task Pressed(string keys) => keys switch
    {
        "mod+k" => OpenAsync<CommandPalette>("Commands", Palette),
        "?" => OpenAsync<ShortcutsSheet>("Keyboard shortcuts", Sheet),
        "[" => viewer.OpenRailAsync(!viewer.RailOpen),
        ['g', ' ', var key] => Go(key),
        _ => Task.CompletedTask,
    };

    protected override void OnInitialized()
    {
        commands.PaletteAsked += OpenPalette;
        commands.SheetAsked += OpenSheet;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _keys = new ScriptPart<Shortcuts>(script, this, "./shortcuts.js", "listen");
        if (await _keys.StartAsync()) StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        commands.PaletteAsked -= OpenPalette;
        commands.SheetAsked -= OpenSheet;
        if (_keys is not null) await _keys.DisposeAsync();
    }

    private void OpenPalette(object? sender, EventArgs args) => _ = InvokeAsync(() => Pressed("mod+k"));

    private void OpenSheet(object? sender, EventArgs args) => _ = InvokeAsync(() => Pressed("?"));

    private async Task OpenAsync<TDialog>(string title, DialogOptions options) where TDialog : IComponent
    {
        if (_open) return;
        _open = true;
        try
        {
            var dialog = await dialogs.ShowAsync<TDialog>(title, options);
            var result = await dialog.Result;
            _open = false;
            if (result?.Data is Command chosen) await chosen.RunAsync();
        }
        finally
        {
            _open = false;
        }
    }

    private Task Go(char key)
    {
        if (Destination.All.FirstOrDefault(place => place.Key == key) is { } place) navigation.NavigateTo(place.Href);
        return Task.CompletedTask;
    }
}
