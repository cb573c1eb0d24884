using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

public sealed partial class GalleryCharts : ComponentBase
{
    private DateTimeOffset _start;
    private string _selected = "data_validation";

    [Parameter]
    public DateTimeOffset Now { get; set; }

    protected override void OnInitialized() => _start = GallerySamples.At(Now, -3_600);
}
