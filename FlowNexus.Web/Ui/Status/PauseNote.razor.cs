using FlowNexus.Engine.Pauses;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Status;

/// <summary>That something is paused, by whom, since when and why.</summary>
public sealed partial class PauseNote : ComponentBase
{
    /// <summary>"Paused", "The system is paused".</summary>
    [Parameter, EditorRequired]
    public required string What { get; set; }

    [Parameter, EditorRequired]
    public required Pause Pause { get; set; }

    /// <summary>What can be done about it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
