using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>What belongs here while nothing is here, and the one next act.</summary>
public sealed partial class EmptyState : ComponentBase
{
    [Parameter]
    public string? Sign { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>1 where it is the page's title, else 2.</summary>
    [Parameter]
    public int TitleLevel { get; set; } = 2;

    [Parameter]
    public string? Text { get; set; }

    /// <summary>The act.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
