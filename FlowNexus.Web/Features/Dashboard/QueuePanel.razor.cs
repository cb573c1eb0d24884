using FlowNexus.Engine.Queues;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>How the queues do, in words.</summary>
public sealed partial class QueuePanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required QueueStatusView Status { get; set; }
}
