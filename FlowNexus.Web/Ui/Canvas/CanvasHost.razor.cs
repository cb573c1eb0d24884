using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>The empty element that the script fills. It is drawn once: what is inside belongs to the script.</summary>
public sealed partial class CanvasHost : ComponentBase
{
    private ElementReference _element;

    internal ElementReference Element => _element;

    protected override bool ShouldRender() => false;
}
