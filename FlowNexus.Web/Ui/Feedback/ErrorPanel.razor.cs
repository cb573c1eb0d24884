using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>An error in its three parts, with the code that API and documentation use for it.</summary>
public sealed partial class ErrorPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required string What { get; set; }

    [Parameter]
    public string? Why { get; set; }

    [Parameter]
    public string? WhatToDo { get; set; }

    [Parameter]
    public string? Code { get; set; }

    /// <summary>Read out at once; for what fails while somebody works, not for what a page reports.</summary>
    [Parameter]
    public bool Alert { get; set; }

    /// <summary>The acts that mend it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
