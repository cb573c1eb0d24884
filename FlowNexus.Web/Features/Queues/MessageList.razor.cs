using FlowNexus.Engine.Queues;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Queues;

/// <summary>The messages of one queue in the order in which they are served.</summary>
public sealed partial class MessageList : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueMessageView> Messages { get; set; }

    /// <summary>How many wait, shown or not.</summary>
    [Parameter]
    public int Waiting { get; set; }

    [Parameter]
    public bool IsFiltered { get; set; }

    [Parameter]
    public EventCallback ClearFilter { get; set; }
}
