using FlowNexus.Engine.Insights;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>What runs, and how many are in each state that is no end.</summary>
public sealed partial class RunningPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required DashboardView Dashboard { get; set; }

    private IEnumerable<(string Status, int Count, bool Exact)> Counts =>
    [
        ("running", Dashboard.Running.TotalCount, Dashboard.Running.TotalIsExact),
        ("waiting", Dashboard.Waiting.Count, Dashboard.Waiting.IsExact),
        ("queued", Dashboard.Queued.Count, Dashboard.Queued.IsExact),
        ("paused", Dashboard.Paused.Count, Dashboard.Paused.IsExact),
    ];
}
