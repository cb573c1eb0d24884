using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Status;

/// <summary>Where an execution, a step or a workflow stands.</summary>
public sealed partial class StatusChip : ComponentBase
{
    /// <summary>The contract's word: <c>timed_out</c>.</summary>
    [Parameter, EditorRequired]
    public required string Status { get; set; }

    /// <summary>Without the fill; for dense rows.</summary>
    [Parameter]
    public bool Bare { get; set; }

    private StatusLook Look => StatusLook.Of(Status);
}
