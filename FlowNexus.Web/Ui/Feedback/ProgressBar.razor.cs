using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>How far something is.</summary>
public sealed partial class ProgressBar : ComponentBase
{
    /// <summary>0 to 1.</summary>
    [Parameter, EditorRequired]
    public double Value { get; set; }

    [Parameter]
    public string Label { get; set; } = "Progress";

    /// <summary>Whose colour it has.</summary>
    [Parameter]
    public string Status { get; set; } = "running";

    /// <summary>"about 1 m left".</summary>
    [Parameter]
    public string? Note { get; set; }

    private double Clamped => Math.Clamp(Value, 0, 1);

    private string Percent => Math.Floor(Clamped * 100).ToString(CultureInfo.InvariantCulture);

    private string Share => Clamped.ToString("0.####", CultureInfo.InvariantCulture);
}
