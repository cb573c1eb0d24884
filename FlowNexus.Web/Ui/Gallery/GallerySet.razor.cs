using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

public sealed partial class GallerySet : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
