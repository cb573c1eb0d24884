using FlowNexus.Web.Shell.Theme;
using FlowNexus.Web.Ui.Icons;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Bar;

public sealed partial class ThemeMenu(Viewer viewer) : ComponentBase, IDisposable
{
    private static readonly Option[] Options =
    [
        new(ThemeChoice.System, "As the system", Glyph.Screen),
        new(ThemeChoice.Light, "Light", Glyph.Sun),
        new(ThemeChoice.Dark, "Dark", Glyph.Moon),
        new(ThemeChoice.Contrast, "High contrast", Glyph.Contrast),
    ];

    private readonly Viewer _viewer = viewer;

    private Option Shown => Options.First(option => option.Choice == ThemeChoices.Read(_viewer.Theme));

    protected override void OnInitialized() => _viewer.Changed += Refresh;

    public void Dispose() => _viewer.Changed -= Refresh;

    private void Refresh(object? sender, EventArgs args) => _ = InvokeAsync(StateHasChanged);

    private sealed record Option(ThemeChoice Choice, string Title, string Icon);
}
