using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>How a figure went, as a thin line from zero up; what stands beside it says the number.</summary>
public sealed partial class Sparkline : ComponentBase
{
    /// <summary>Null where nothing was measured.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double?> Values { get; set; }

    [Parameter]
    public string Tone { get; set; } = "queued";

    private double Most => Values.Max() ?? 0;
}
