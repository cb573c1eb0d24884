using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Figures;

/// <summary>A count or measure; a dash where nothing was measured.</summary>
public sealed partial class Number : ComponentBase
{
    [Parameter, EditorRequired]
    public double? Value { get; set; }

    [Parameter]
    public string? Unit { get; set; }

    /// <summary>The most places after the point.</summary>
    [Parameter]
    public int Decimals { get; set; } = 1;
}
