using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell;

/// <summary>The interactive root: from the document's parameter to the value every page sees.</summary>
public sealed partial class Routes(Viewer viewer) : ComponentBase
{
    private readonly Viewer _viewer = viewer;

    /// <summary>Arrives twice: at prerendering, and again, from the page itself, when the circuit starts.</summary>
    [Parameter, EditorRequired]
    public required ViewerPreferences Preferences { get; set; }

    protected override void OnInitialized() => _viewer.Start(Preferences);
}
