using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

public sealed partial class GalleryWords : ComponentBase
{
    private static readonly double[] Moments = [-3, -47, -200, -9_000, -90_000, -900_000, -40_000_000, 120];
    private static readonly double[] Lengths = [.0004, .812, 4.2, 47, 134, 3_900, 273_600];

    [Parameter]
    public DateTimeOffset Now { get; set; }
}
