using FlowNexus.Engine.Queues;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Queues;

/// <summary>What left a queue without having started, with the two ways to be rid of it.</summary>
public sealed partial class DeadLetterList : ComponentBase
{
    [Parameter, EditorRequired]
    public required FoundDeadLetters Found { get; set; }

    [Parameter]
    public EventCallback<DeadLetterView> Redrive { get; set; }

    [Parameter]
    public EventCallback<DeadLetterView> Discard { get; set; }
}
