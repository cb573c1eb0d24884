using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Icons;

/// <summary>A glyph. It says nothing by itself: a word stands beside it, or the control around it carries a label.</summary>
public sealed partial class Icon : ComponentBase
{
    /// <summary>One of <see cref="Glyph"/>.</summary>
    [Parameter, EditorRequired]
    public required string Of { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    public int Size { get; set; } = 16;
}
