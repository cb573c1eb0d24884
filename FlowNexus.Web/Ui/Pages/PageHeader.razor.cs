using FlowNexus.Web.Shell.Bar;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Pages;

/// <summary>A page's title, in the document, the bar and on the page; facts beside it, acts at the right.</summary>
public sealed partial class PageHeader : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The pages above this one, the highest first.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Above { get; set; } = [];

    [Parameter]
    public RenderFragment? Facts { get; set; }

    [Parameter]
    public RenderFragment? Acts { get; set; }
}
