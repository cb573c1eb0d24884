using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>The labels under a chart over time, as many as have room.</summary>
public sealed partial class ChartAxis : ComponentBase
{
    /// <summary>One for each place, the earliest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Labels { get; set; }

    private string At(int index) => ((double)index / Labels.Count).ToString("0.####", CultureInfo.InvariantCulture);
}
