using FlowNexus.Engine.Insights;
using FlowNexus.Web.Features.Executions;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>The workflows whose executions took longest.</summary>
public sealed partial class SlowestPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<SlowWorkflow> Workflows { get; set; }

    /// <summary>To the executions that were measured, of all workflows.</summary>
    [Parameter, EditorRequired]
    public required ExecutionQuery Completed { get; set; }

    [Parameter]
    public bool IsSampled { get; set; }

    private static string Words(double seconds) => TimeWords.Duration(TimeSpan.FromSeconds(seconds));
}
