using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>The shape of what is being loaded.</summary>
public sealed partial class SkeletonRows : ComponentBase
{
    private static readonly string[] Widths = ["64%", "48%", "72%", "40%", "56%"];

    [Parameter]
    public int Rows { get; set; } = 5;

    [Parameter]
    public int Columns { get; set; } = 4;

    private static string Width(int row, int column) => Widths[(row * 3 + column * 2) % Widths.Length];
}
