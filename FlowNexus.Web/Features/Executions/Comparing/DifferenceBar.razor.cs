using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions.Comparing;

/// <summary>How much longer or less something took, from the middle to either side.</summary>
public sealed partial class DifferenceBar : ComponentBase
{
    [Parameter, EditorRequired]
    public double? Seconds { get; set; }

    /// <summary>The largest difference there is, either way.</summary>
    [Parameter, EditorRequired]
    public double Most { get; set; }

    private double Share => Most > 0 ? Math.Min(1, Math.Abs(Seconds ?? 0) / Most) : 0;

    private string Words
    {
        get
        {
            if (Seconds is not { } seconds) return "–";
            if (Math.Abs(seconds) < .0005) return "same";
            return (seconds > 0 ? "+" : "\u2212") + TimeWords.Duration(TimeSpan.FromSeconds(Math.Abs(seconds)));
        }
    }
}
