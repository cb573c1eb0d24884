using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlowNexus.Web.Shell;

/// <summary>The interactive root: from the document's parameter to the value every page sees.</summary>
public sealed partial class Routes(Viewer viewer, NavigationManager navigation) : ComponentBase, IDisposable
{
    private readonly Viewer _viewer = viewer;
    private string _first = "";

    // A page that was just loaded keeps the focus at its top, where the skip link is; another page begins at its title.
    private bool _moved;

    /// <summary>Arrives twice: at prerendering, and again, from the page itself, when the circuit starts.</summary>
    [Parameter, EditorRequired]
    public required ViewerPreferences Preferences { get; set; }

    protected override void OnInitialized()
    {
        _viewer.Start(Preferences);
        _first = Path(navigation.Uri);
        navigation.LocationChanged += Moved;
    }

    public void Dispose() => navigation.LocationChanged -= Moved;

    private void Moved(object? sender, LocationChangedEventArgs args)
    {
        if (_moved || Path(args.Location) == _first) return;
        _moved = true;
        _ = InvokeAsync(StateHasChanged);
    }

    private static string Path(string address) => new Uri(address).AbsolutePath;
}
