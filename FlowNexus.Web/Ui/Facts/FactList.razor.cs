using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Facts;

/// <summary>Names and values of one thing.</summary>
public sealed partial class FactList : ComponentBase
{
    /// <summary>Name above value, side by side, instead of one fact a line.</summary>
    [Parameter]
    public bool Columns { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
