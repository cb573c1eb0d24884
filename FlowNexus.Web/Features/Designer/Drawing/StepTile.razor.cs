using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>The icon of a type of steps on the tint of its family.</summary>
public sealed partial class StepTile : ComponentBase
{
    /// <summary>See <see cref="WorkflowDrawing.FamilyOf"/>.</summary>
    [Parameter, EditorRequired]
    public required string Family { get; set; }

    /// <summary>One of <see cref="Ui.Icons.Glyph"/>.</summary>
    [Parameter, EditorRequired]
    public required string Sign { get; set; }

    [Parameter]
    public bool Large { get; set; }
}
