using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Facts;

/// <summary>One line of a <see cref="FactList"/>.</summary>
public sealed partial class Fact : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
