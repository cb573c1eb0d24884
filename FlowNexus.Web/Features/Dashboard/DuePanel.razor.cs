using FlowNexus.Engine.Insights;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>The next ticks of schedules.</summary>
public sealed partial class DuePanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<DueTick> Due { get; set; }
}
