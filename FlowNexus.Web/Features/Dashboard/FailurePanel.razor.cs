using FlowNexus.Engine.Insights;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>What failed last, and why.</summary>
public sealed partial class FailurePanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required DashboardView Dashboard { get; set; }

    /// <summary>To all of them.</summary>
    [Parameter, EditorRequired]
    public required string Href { get; set; }
}
