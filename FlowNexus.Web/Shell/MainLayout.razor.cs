using FlowNexus.Web.Shell.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Shell;

/// <summary>The frame around every page.</summary>
public sealed partial class MainLayout(Viewer viewer, NavigationManager navigation) : LayoutComponentBase, IDisposable
{
    private readonly Viewer _viewer = viewer;
    private ErrorBoundary? _boundary;

    // The colours follow the document's theme through the style sheet; this is for what MudBlazor decides in C#.
    private bool IsDark => ThemeChoices.Read(_viewer.Theme) is ThemeChoice.Dark or ThemeChoice.Contrast;

    // With <base href="/">, "#content" alone would lead to the root page.
    private string SkipHref => navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0] + "#content";

    protected override void OnInitialized() => _viewer.Changed += Refresh;

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _viewer.LearnZoneAsync();
    }

    public void Dispose() => _viewer.Changed -= Refresh;

    private void Refresh(object? sender, EventArgs args) => _ = InvokeAsync(StateHasChanged);
}
